(* Reads what `relucert export CERT` writes, and lets the extracted checker decide. It only reads and prints: what was read is printed again as the
   statement that was proved, from the value that the checker was given. Exit codes: 0 verified, 1 rejected, 2 malformed input, 3 not covered. *)
module Big = Z (* zarith's; the extracted file has a Z of its own *)
open Checked

exception Bad of string
exception Not_covered of string

(* Tokens, one after the other, with their lines. *)
let tokens : (string * int) list ref = ref []

let tokenise text =
  let lines = String.split_on_char '\n' text in
  let words line = List.filter (fun w -> w <> "") (String.split_on_char ' ' line) in
  List.concat (List.mapi (fun i line -> List.map (fun w -> (w, i + 1)) (words line)) lines)

let next what =
  match !tokens with
  | [] -> raise (Bad (Printf.sprintf "the file ends where %s should stand" what))
  | (word, _) :: rest -> tokens := rest; word

let bad line word what = raise (Bad (Printf.sprintf "line %d: '%s' is not %s" line word what))
let read what convert =
  match !tokens with
  | [] -> raise (Bad (Printf.sprintf "the file ends where %s should stand" what))
  | (word, line) :: rest -> (
      match convert word with
      | Some value -> tokens := rest; value
      | None -> bad line word what)

let word expected = read (Printf.sprintf "'%s'" expected) (fun w -> if w = expected then Some () else None)

(* Digits without leading zeros. *)
let natural text =
  let digits = text <> "" && String.for_all (fun c -> '0' <= c && c <= '9') text in
  if digits && (String.length text = 1 || text.[0] <> '0') then Some (Big.of_string text) else None

let rational text =
  let negative = text <> "" && text.[0] = '-' in
  let size = if negative then String.sub text 1 (String.length text - 1) else text in
  let signed n = if negative then Big.neg n else n in
  match String.split_on_char '/' size with
  | [ n ] -> Option.map (fun n -> { qnum = signed n; qden = Big.one }) (natural n)
  | [ n; d ] -> (
      match (natural n, natural d) with
      | Some n, Some d when Big.sign d > 0 -> Some { qnum = signed n; qden = d }
      | _ -> None)
  | _ -> None

(* q or q@n, with commas between. *)
let number text =
  let term text =
    match String.split_on_char '@' text with
    | [ q ] -> Option.map (fun q -> (q, Big.one)) (rational q)
    | [ q; n ] -> (
        match (rational q, natural n) with
        | Some q, Some n when Big.sign n > 0 -> Some (q, n)
        | _ -> None)
    | _ -> None
  in
  let terms = List.map term (String.split_on_char ',' text) in
  if List.mem None terms then None else Some (List.filter_map Fun.id terms)

let most = 1_000_000
let small text = match natural text with Some n when Big.leq n (Big.of_int most) -> Some (Big.to_int n) | _ -> None
let rec nat n = if n = 0 then O else S (nat (n - 1))
let rec int_of = function O -> 0 | S n -> 1 + int_of n
let count () = read "a count" small
let index () = nat (read "an index" small)
let a_rational () = read "a rational" rational
let a_number () = read "a number" number
let list n item = List.init n (fun _ -> item ())

let network_with number =
  word "network";
  let d = count () in
  let m = count () in
  let outputs = count () in
  let neuron () =
    let a = list d number in
    let c = list outputs number in
    (a, c)
  in
  let rows = list m neuron in
  let biases =
    match next "'plain' or 'biased'" with
    | "plain" -> None
    | "biased" ->
        let b = list m number in
        let e = list outputs number in
        Some (b, e)
    | other -> raise (Bad (Printf.sprintf "'%s' is neither 'plain' nor 'biased'" other))
  in
  { inputs = nat d; outputs = nat outputs; rows; biases }

let network () = network_with a_number
let named name = word name; network ()
let optional item = function "none" -> None | "some" -> Some (item ()) | other -> raise (Bad (Printf.sprintf "'%s' is neither 'none' nor 'some'"
  other))

let choice what names =
  read what (fun w -> List.assoc_opt w names)

(* Hyperplanes and circuits are numbered from 1. *)
let place () =
  read "a number from 1" (fun w -> match natural w with Some n when Big.sign n > 0 -> Some n | _ -> None)

let circuit () = let n = count () in list n (fun () -> let h = place () in let q = a_rational () in (h, q))
let circuits () = word "circuits"; let n = count () in list n circuit

let node () =
  match next "a node" with
  | "s" -> Split (true, place ())
  | "t" -> Split (false, place ())
  | "b" -> Bound
  | "f" -> Farkas (place ())
  | "c" ->
      let n = count () in
      let members () = let k = count () in (list k place, []) in
      Circuits (list n members)
  | other -> raise (Bad (Printf.sprintf "'%s' is no node" other))

let tree () =
  word "tree";
  let aim =
    match next "a target" with
    | "all" -> None
    | "entry" ->
        let output = index () in
        let input = index () in
        Some { output; input; negative = choice "a sign" [ ("+", false); ("-", true) ] }
    | other -> raise (Bad (Printf.sprintf "'%s' is neither 'all' nor 'entry'" other))
  in
  word "bound";
  let most = a_rational () in
  let own = circuits () in
  word "nodes";
  let n = count () in
  { aim; most; own; nodes = list n node }

(* A dot, then a sign a hyperplane. *)
let signs text =
  let signs = List.of_seq (String.to_seq text) in
  match signs with
  | '.' :: signs when List.for_all (fun c -> c = '+' || c = '-') signs -> Some (List.map (fun c -> c = '+') signs)
  | _ -> None

let least () =
  let n = count () in
  let point = list n a_rational in
  let signs = read "a dot and signs" signs in
  let low_output = index () in
  let low_input = index () in
  { point; signs; low_output; low_input; low_value = a_rational () }

let bracket_parts () =
  let shared = circuits () in
  word "least";
  let low = optional least (next "'none' or 'some'") in
  word "trees";
  let n = count () in
  (shared, low, list n tree)

let bracket () = let shared, low, trees = bracket_parts () in Bracket (shared, low, trees)

(* What a theorem says of R(Θ) − R(Γ). *)
let difference () =
  word "form";
  let jump_form = choice "'seminorm' or 'jump'" [ ("seminorm", false); ("jump", true) ] in
  word "r";
  let r_lower = a_rational () in
  let r_upper = a_rational () in
  word "jump";
  let jump_value = a_rational () in
  match bracket_parts () with
  | shared_circuits, Some low_fact, upper_trees -> { jump_form; r_lower; r_upper; jump_value; low_fact; shared_circuits; upper_trees }
  | _, None, _ -> raise (Bad "a theorem needs a point with the lower end of r")

let bounds () =
  let bound name = word name; optional a_number (next "'none' or 'some'") in
  let paper = bound "paper" in
  let sharp = bound "sharp" in
  (paper, sharp, bound "by-jump")

let labels =
  [ ("1", Unmatched); ("A", Small); ("B.1", Outer_larger); ("B.2", Inner_larger); ("B.3", Balanced); ("A.1", Gamma_small);
    ("A.2", Theta_small); ("B", Large) ]

let cases () =
  let facet () =
    let n = count () in
    let at_point = list n a_rational in
    { at_point; jump_there = a_rational () }
  in
  let case () =
    let of_neuron = index () in
    let label = choice "a case" labels in
    let star = choice "'one' or 'norm'" [ ("one", false); ("norm", true) ] in
    let threshold = a_rational () in
    let p_of = a_rational () in
    let q_of = a_rational () in
    let n = count () in
    { of_neuron; named0 = label; threshold; star; p_of; q_of; facets = list n facet }
  in
  word "cases";
  let n = count () in
  list n case

let multiple () =
  word "neurons";
  let i = index () in
  let j = index () in
  word "factor";
  (i, j, a_number ())

let indices () = let n = count () in list n index
let sets () = word "sets"; let n = count () in list n indices
let exhaustion entries =
  word "functionals";
  let n = count () in
  let functionals = list n (fun () -> list entries a_rational) in
  word "free";
  let free = indices () in
  { functionals; free }

let coordinate text =
  let place = if String.length text > 1 then small (String.sub text 1 (String.length text - 1)) else None in
  match (text, place) with
  | "", _ | _, None -> None
  | _, Some k -> ( match text.[0] with 'a' -> Some (In_a (nat k)) | 'c' -> Some (In_c (nat k)) | _ -> None)

let binding text =
  match List.map coordinate (String.split_on_char '>' text) with
  | [ Some x ] -> Some (Single x)
  | [ Some x; Some y ] -> Some (Double (x, y))
  | _ -> None

let hall number =
  word "level";
  let level = number () in
  word "sources";
  let sources = indices () in
  word "places";
  let places = indices () in
  let row () = word "bindings"; let n = count () in list n (fun () -> read "a binding" binding) in
  { level; sources; places; bindings = list (List.length sources) row }

let matrices g number = let n = count () in list n (fun () -> list (int_of g.inputs * int_of g.outputs) number)
let far number g =
  word "far";
  match next "a kind of evidence" with
  | "both" -> Both (hall number)
  | "fixed" -> Fixed (hall number)
  | "lines" ->
      let n = count () in
      let normals = list n (fun () -> list (int_of g.inputs) number) in
      Lines (normals, hall number)
  | "as-they-are" ->
      let functionals = matrices g number in
      As_they_are (functionals, hall number)
  | "flipped" ->
      let sets = sets () in
      let x = exhaustion (int_of g.inputs * int_of g.outputs) in
      Flipped (sets, x, list (List.length sets + 1) (fun () -> hall number))
  | other -> raise (Bad (Printf.sprintf "'%s' is no kind of evidence" other))

(* The same where the networks have biases. *)
let reason number = match !tokens with ("bias", _) :: _ -> word "bias"; Bias_of (index ()) | _ -> Hall_of (hall number)
let far_affine number g =
  match !tokens with
  | (_, _) :: ("flipped", _) :: _ ->
      word "far";
      word "flipped";
      let sets = sets () in
      let x = exhaustion (int_of g.inputs * int_of g.outputs) in
      Sets (sets, x, list (List.length sets + 1) (fun () -> reason number))
  | (_, _) :: ("as-they-are", _) :: _ ->
      word "far";
      word "as-they-are";
      let functionals = matrices g number in
      Unflipped (functionals, reason number)
  | _ -> Far (far number { g with inputs = S g.inputs })

(* A dot, then one sign a neuron. *)
let region m text =
  let sign = function '+' -> Some Gt | '-' -> Some Lt | '0' -> Some Eq | _ -> None in
  match List.of_seq (String.to_seq text) with
  | '.' :: signs when List.length signs = m && List.for_all (fun c -> sign c <> None) signs -> Some (List.filter_map sign signs)
  | _ -> None

let regions () =
  let g = named "gamma" in
  let columns = int_of g.inputs + if g.biases = None then 0 else 1 in
  let row () = list columns a_rational in
  word "domain";
  let n = count () in
  let domain = list n row in
  word "regions";
  let n = count () in
  let regions = list n (fun () -> read "the signs of a region" (region (List.length g.rows))) in
  word "edges";
  let edges = index () in
  word "points";
  let points = list n row in
  word "by";
  let why = match next "'number' or 'around'" with
    | "number" -> By_number
    | "around" ->
        let circuits = circuits () in
        let redundant () = word "redundant"; let k = count () in list k place in
        Around (circuits, list n redundant)
    | other -> raise (Bad (Printf.sprintf "'%s' is neither 'number' nor 'around'" other)) in
  { about = Regions_are (g, domain, regions, edges); because = Regions_seen (points, why) }

let sides () = word "box"; let n = count () in list n (fun () -> let low = a_rational () in let high = a_rational () in (low, high))

(* Families: numbers are 0, or with commas between POWERS@RADICAND or POWERS@RADICAND%POWERS, each sums of q^z with semicolons between, for q k^z. *)
let integer text =
  let negative = text <> "" && text.[0] = '-' in
  let size = if negative then String.sub text 1 (String.length text - 1) else text in
  Option.map (fun n -> if negative then Big.neg n else n) (natural size)

let all_of convert texts =
  let items = List.map convert texts in
  if List.mem None items then None else Some (List.filter_map Fun.id items)

let one_power = [ ({ qnum = Big.one; qden = Big.one }, Big.zero) ]
let family_number text =
  let positive text = match natural text with Some n when Big.sign n > 0 -> Some n | _ -> None in
  let power coefficient text =
    match String.split_on_char '^' text with
    | [ q; z ] -> (match (coefficient q, integer z) with Some q, Some z -> Some (q, z) | _ -> None)
    | _ -> None
  in
  let sum coefficient text = all_of (power coefficient) (String.split_on_char ';' text) in
  let root over text =
    match String.split_on_char '@' text with
    | [ f; g ] -> (match (sum rational f, sum positive g) with Some f, Some g -> Some (over, [ (f, g) ]) | _ -> None)
    | _ -> None
  in
  let term text =
    match String.split_on_char '%' text with
    | [ t ] -> root one_power t
    | [ t; h ] -> Option.bind (sum rational h) (fun h -> root h t)
    | _ -> None
  in
  let rec gathered = function (h, n) :: (h', n') :: l when h = h' -> gathered ((h, n @ n') :: l) | x :: l -> x :: gathered l | [] -> [] in
  if text = "0" then Some [] else Option.map gathered (all_of term (String.split_on_char ',' text))

let a_family_number () = read "a number with k" family_number
let minimum number g =
  word "samples";
  let n = count () in
  let sample () = let x = list (int_of g.inputs) number in let y = list (int_of g.outputs) number in (x, y) in
  let samples = list n sample in
  word "loss";
  let loss = number () in
  word "radius";
  (samples, loss, number ())

let family () = network_with a_family_number
let has_biases n = n.biases <> None

(* Free indices, and a functional for each of the others. *)
let choices m entries =
  word "free";
  let c_free = indices () in
  let row i = if List.mem (nat i) c_free then [] else list entries a_family_number in
  { c_free; c_functionals = List.init m row }
let rec family_tree () =
  match next "a node" with
  | "b" -> Small_enough
  | "f" -> let k = count () in Circuit (list k (fun () -> let h = index () in let mu = a_family_number () in (h, mu)))
  | "s" ->
      let h = index () in
      let plus = family_tree () in
      Branch (h, plus, family_tree ())
  | other -> raise (Bad (Printf.sprintf "'%s' is no node" other))
let matrix g = int_of g.inputs * int_of g.outputs

let for_all_k () =
  word "gamma";
  let g = family () in
  word "theta";
  let t = optional family (next "'none' or 'some'") in
  word "real";
  let real = optional place (next "'none' or 'some'") in
  let above () = word "above"; optional a_family_number (next "'none' or 'some'") in
  let phi () =
    word "phi";
    let p = family () in
    word "distance";
    (p, a_family_number ()) in
  let section () =
    word "section";
    let range = match next "a kind of range" with
      | "from" -> From (place ())
      | "between" -> let a = place () in Between (a, place ())
      | "at" -> At (place ())
      | other -> raise (Bad (Printf.sprintf "'%s' is no kind of range" other)) in
    let affine = has_biases g || match t with Some t -> has_biases t | None -> false in
    let point () = word "point"; list (int_of g.inputs) a_family_number in
    let why () = F_why (if affine then far_affine a_family_number g else Far (far a_family_number g)) in
    let stated, evidence = match next "what a section says" with
      | "equal" -> (F_equal None, F_nothing)
      | "equal-on" -> (F_equal (Some (sides ())), F_nothing)
      | "seminorm" ->
          let v = a_family_number () in
          word "point";
          let x = list (int_of g.inputs + if affine then 1 else 0) a_family_number in
          word "entry";
          let l = index () in
          let k = index () in
          word "tree";
          (F_seminorm v, F_bracket (x, l, k, family_tree ()))
      | "separated" ->
          let v = a_family_number () in
          let above = above () in
          (F_separated (v, above), why ())
      | "nearest" ->
          word "among";
          let star = choice "'all' or 'n-star'" [ ("all", false); ("n-star", true) ] in
          let p, v = phi () in
          let above = above () in
          (F_nearest (star, p, v, above), why ())
      | "reparametrization" -> let p, v = phi () in (F_reparametrization (p, v), F_nothing)
      | "sup-norm" ->
          let v = a_family_number () in
          let box = sides () in
          (F_sup_norm (box, v), F_point (point ()))
      | "lift" -> word "phi"; (F_lift (family ()), F_nothing)
      | "jump-norm" -> (F_jump_norm (a_family_number ()), F_nothing)
      | "minimal" ->
          word "phi";
          let p = family () in
          word "lower";
          let lower = index () in
          word "normals";
          let n = count () in
          let d = int_of g.inputs + if has_biases g then 1 else 0 in
          let f_normals = list n (fun () -> list d a_family_number) in
          let chosen () = choices n (matrix g) in
          word "all";
          let f_all = optional chosen (next "'none' or 'some'") in
          word "but-one";
          let k = count () in
          (F_minimal (p, lower), F_few { f_normals; f_all; f_but_one = list k chosen })
      | "flips" -> let s = sets () in (F_flips s, F_chosen (choices (List.length g.rows) (matrix g)))
      | "local-minimum" ->
          let samples, loss, radius = minimum a_family_number g in
          (F_local_minimum (samples, loss, radius), F_nothing)
      | other -> raise (Bad (Printf.sprintf "'%s' is nothing that a section says" other)) in
    ((range, stated), evidence) in
  word "sections";
  let n = count () in
  let sections = list n section in
  { about = For_all_k (g, t, List.map fst sections, real); because = Sections_seen (List.map snd sections) }

(* Networks of any depth: a row with its bias for each output of a layer. *)
let deep_network name =
  word name;
  word "deep";
  let d = count () in
  let layers = count () in
  let rec read_layers width n =
    if n = 0 then []
    else
      let rows = count () in
      let row () = let weights = list width a_rational in (weights, a_rational ()) in
      let layer = list rows row in
      layer :: read_layers rows (n - 1) in
  { deep_inputs = nat d; deep_layers = read_layers d layers }

let move () =
  let at m = let layer = index () in At_layer (layer, m ()) in
  match next "a rewriting" with
  | "permute" -> at (fun () -> Permuted (indices ()))
  | "scale" -> at (fun () -> let n = count () in Scaled (list n a_rational))
  | "drop" -> at (fun () -> Dropped (indices ()))
  | "merge" -> at (fun () -> let n = count () in Merged (list n (fun () -> let i = index () in (i, index ()))))
  | "shorten" -> Shorten (index ())
  | other -> raise (Bad (Printf.sprintf "'%s' is no rewriting" other))

let moves name = word name; let n = count () in list n move

let rec certificate () =
  word "relucert-checker";
  word "1";
  match !tokens with
  | ("with-activation", _) :: _ ->
      word "with-activation";
      let a = a_rational () in
      let c = claim () in
      { about = With_activation (a, c.about); because = c.because }
  | _ -> claim ()

and claim () =
  word "claim";
  match next "a kind of claim" with
  | "equal-on" ->
      let b = sides () in
      let g = named "gamma" in
      let t = named "theta" in
      { about = Equal_on (b, g, t); because = Nothing }
  | "differ-on" ->
      let b = sides () in
      let g = named "gamma" in
      let t = named "theta" in
      word "point";
      { about = Differ_on (b, g, t); because = Point (list (int_of g.inputs) a_number) }
  | "not-injective" ->
      let g = named "gamma" in
      let point name = word name; list (int_of g.inputs) a_number in
      let x = point "x" in
      { about = Not_injective g; because = Two_points (x, point "y") }
  | "equal" -> let g = named "gamma" in let t = named "theta" in { about = Equal (g, t); because = Nothing }
  | "differ" ->
      let g = named "gamma" in
      let t = named "theta" in
      word "point";
      { about = Differ (g, t); because = Point (list (int_of g.inputs) a_number) }
  | "reparametrization" ->
      let g = named "gamma" in
      let t = named "theta" in
      let p = named "phi" in
      word "distance";
      let distance = a_number () in
      word "bound";
      { about = Reparametrization (g, t, p, distance, a_number ()); because = Nothing }
  | "violates-C.2" -> let g = named "gamma" in let i, j, f = multiple () in { about = Violates_C2 (g, i, j, f); because = Nothing }
  | "violates-C.3a" -> let n = named "network" in let i, j, f = multiple () in { about = Violates_C3a (n, i, j, f); because = Nothing }
  | "violates-C.3b" ->
      let g = named "gamma" in
      let t = named "theta" in
      let i, j, f = multiple () in
      { about = Violates_C3b (g, t, i, j, f); because = Nothing }
  | "violates-C.3" ->
      let g = named "gamma" in
      let t = named "theta" in
      let columns = int_of g.inputs + if g.biases = None && t.biases = None then 0 else 1 in
      word "normals";
      let n = count () in
      let normals = list n (fun () -> list columns a_rational) in
      { about = Violates_C3 (g, t); because = No_orientation (normals, Some (exhaustion (columns * int_of g.outputs)), []) }
  | "lift" -> let g = named "gamma" in let t = named "theta" in { about = Lift (g, t); because = Nothing }
  | "seminorm" ->
      let g = named "gamma" in
      word "theta";
      let t = optional network (next "'none' or 'some'") in
      word "lower";
      let lower = optional a_rational (next "'none' or 'some'") in
      word "upper";
      let upper = optional a_rational (next "'none' or 'some'") in
      { about = Seminorm (g, t, lower, upper); because = bracket () }
  | "violates-C.1" ->
      let g = named "gamma" in
      let t = named "theta" in
      word "neuron";
      let i = index () in
      word "beta";
      let beta = a_number () in
      word "lower";
      let lower = a_rational () in
      { about = Violates_C1 (g, t, i, beta, lower); because = bracket () }
  | ("theorem-3.1" | "theorem-3.1-refined" | "theorem-3.3") as theorem -> (
      let g = named "gamma" in
      let t = named "theta" in
      let p = named "phi" in
      let x = difference () in
      word "distance";
      let distance = a_number () in
      match theorem with
      | "theorem-3.1-refined" ->
          word "bound";
          let bound = a_number () in
          { about = Theorem_3_1_refined (g, t, p, x, distance, bound); because = Like (named "other") }
      | "theorem-3.1" ->
          let paper, sharp, jump = bounds () in
          word "beta";
          let beta = a_number () in
          let cases = cases () in
          let c = { diff_31 = x; beta_31 = beta; dist_31 = distance; paper_31 = paper; sharp_31 = sharp; jump_31 = jump } in
          { about = Theorem_3_1 (g, t, p, c, cases); because = Like (named "other") }
      | _ ->
          let paper, sharp, jump = bounds () in
          let c = { diff_33 = x; dist_33 = distance; paper_33 = paper; sharp_33 = sharp; jump_33 = jump } in
          { about = Theorem_3_3 (g, t, p, c, cases ()); because = Nothing })
  | "flips" ->
      let g = named "gamma" in
      let sets = sets () in
      { about = Flips_are (g, sets); because = Exhausted (exhaustion (int_of g.inputs * int_of g.outputs)) }
  | "unique" -> let g = named "gamma" in { about = Unique g; because = Exhausted (exhaustion (int_of g.inputs * int_of g.outputs)) }
  | "nearest" ->
      let g = named "gamma" in
      let t = named "theta" in
      let p = named "phi" in
      word "among";
      let star = match next "'all' or 'n-star'" with "all" -> false | "n-star" -> true | other -> raise (Bad (Printf.sprintf
        "'%s' is neither 'all' nor 'n-star'" other)) in
      word "lower";
      let lower = a_number () in
      word "upper";
      let upper = a_number () in
      let current = named "current" in
      { about = Nearest (star, g, t, p, lower, upper);
        because = (if p.biases = None then Apart (current, far a_number g) else Apart_biased (current, far_affine a_number g)) }
  | "jump-norm" ->
      let g = named "gamma" in
      word "theta";
      let t = optional network (next "'none' or 'some'") in
      word "value";
      { about = Jump_norm (g, t, a_rational ()); because = Nothing }
  | "minimal" ->
      let g = named "gamma" in
      let t = named "theta" in
      word "lower";
      let lower = index () in
      word "normals";
      let n = count () in
      let columns = int_of g.inputs + if g.biases = None then 0 else 1 in
      let normals = list n (fun () -> list columns a_rational) in
      let entries = int_of g.inputs * int_of g.outputs in
      word "all";
      let all = optional (fun () -> exhaustion entries) (next "'none' or 'some'") in
      word "but-one";
      let n = count () in
      { about = Minimal (g, t, lower); because = No_orientation (normals, all, list n (fun () -> exhaustion entries)) }
  | "arrangement" -> regions ()
  | "injective" -> (
      match regions () with
      | { about = Regions_are (g, _, regions, edges); because } -> { about = Is_injective (g, regions, edges); because }
      | other -> other)
  | "for-all-k" -> for_all_k ()
  | "local-minimum" ->
      let g = named "gamma" in
      let samples, loss, radius = minimum a_number g in
      { about = Local_minimum (g, samples, loss, radius); because = Nothing }
  | "sup-norm" ->
      let g = named "gamma" in
      word "theta";
      let t = optional network (next "'none' or 'some'") in
      let box = sides () in
      word "value";
      let v = a_number () in
      word "point";
      { about = Sup_norm (g, t, box, v); because = Point (list (int_of g.inputs) a_number) }
  | "deep-equal" ->
      let g = deep_network "gamma" in
      let t = deep_network "theta" in
      let one = moves "gamma-becomes" in
      { about = Deep_equal (g, t); because = Rewritten (one, moves "theta-becomes") }
  | "deep-differ" ->
      let g = deep_network "gamma" in
      let t = deep_network "theta" in
      word "point";
      { about = Deep_differ (g, t); because = Deep_point (list (int_of g.deep_inputs) a_rational) }
  | "deep-reparametrization" ->
      let g = deep_network "gamma" in
      let t = deep_network "theta" in
      let p = deep_network "phi" in
      word "distance";
      let v = a_rational () in
      let one = moves "phi-becomes" in
      { about = Deep_reparametrization (g, t, p, v); because = Rewritten (one, moves "theta-becomes") }
  | kind -> raise (Not_covered kind)

(* * Printing *)
let say_rational q = if Big.equal q.qden Big.one then Big.to_string q.qnum else Big.to_string q.qnum ^ "/" ^ Big.to_string q.qden
let say_term (q, n) = if Big.equal n Big.one then say_rational q else say_rational q ^ "√" ^ Big.to_string n
let say = function [] -> "0" | s -> String.concat " + " (List.map say_term s)
let row l = "(" ^ String.concat ", " (List.map say l) ^ ")"

let print_network_with say name n =
  let row l = "(" ^ String.concat ", " (List.map say l) ^ ")" in
  Printf.printf "%s has %d inputs, %d neurons, %d outputs.\n" name (int_of n.inputs) (List.length n.rows) (int_of n.outputs);
  List.iteri (fun i (a, c) ->
    let b = match n.biases with Some (b, _) -> ", b = " ^ say (List.nth b i) | None -> "" in
    Printf.printf "  neuron %d: a = %s%s, c = %s\n" i (row a) b (row c)) n.rows;
  match n.biases with Some (_, e) -> Printf.printf "  e = %s\n" (row e) | None -> ()
let print_network name n = print_network_with say name n
let print_samples say samples =
  let row l = "(" ^ String.concat ", " (List.map say l) ^ ")" in
  List.iter (fun (x, y) -> Printf.printf "  at %s the label %s\n" (row x) (row y)) samples

let print_three g t p =
  print_network "Γ" g; print_network "Θ" t; print_network "Φ" p;
  if not (g.biases = None && t.biases = None) then
    print_endline "Below, Γ and Θ are homogenised: a_i followed by b_i, and e as one more, last neuron; functions of (x, 1) become functions of all inputs."

let homogenised_words = " (networks homogenised: a_i followed by b_i, and e as one more, last neuron)"
let if_biases networks words = if List.for_all (fun n -> n.biases = None) networks then "" else words

let threshold_words x = if x.jump_form then "J" else "2 r"
let print_difference x =
  if x.jump_form then
    Printf.printf "The seminorm of R(Θ) − R(Γ) is at least r = %s and at most %s" (say_rational x.r_lower) (say_rational x.r_upper)
  else Printf.printf "The seminorm of R(Θ) − R(Γ) is r = %s" (say_rational x.r_lower);
  Printf.printf "; the largest entry of a jump of its gradient is J = %s.\n" (say_rational x.jump_value)

let print_cases other x cases =
  let line f =
    let label, _ = List.find (fun (_, l) -> l = f.named0) labels in
    Printf.sprintf "%d: %s" (int_of f.of_neuron) label
  in
  Printf.printf "With the threshold T = %s, the neurons of Γ beside those of %s are in the cases %s.\n" (threshold_words x) other
    (String.concat ", " (List.map line cases))

let print_bounds bounds =
  List.iter (fun (bound, formula) -> Option.iter (fun v -> Printf.printf "\n  ≤ %s = %s" formula (say v)) bound) bounds;
  print_endline (if List.for_all (fun (b, _) -> b = None) bounds then "." else "")

let on_box b = "on the box " ^ String.concat " × " (List.map (fun (l, u) -> Printf.sprintf "[%s, %s]" (say_rational l) (say_rational u)) b)

let say_flips sets biased =
  let say_set s = "{" ^ String.concat ", " (List.map (fun i -> string_of_int (int_of i)) s) ^ "}" in
  Printf.printf "Every neuron of Γ has a kink of its own, and the non-empty sets F with Σ_F c_i a_i^T = 0 are exactly %s.\n%s"
    (String.concat " " (List.map say_set sets)) (if biased then "The kinks are the hyperplanes of (a_i, b_i), and no a_i is 0.\n" else "")
let say_powers f =
  let mono (q, z) = if Big.sign z = 0 then q else Printf.sprintf "%s·k^%s" q (Big.to_string z) in
  if f = [] then "0" else String.concat " + " (List.map mono f)
let say_family_number s =
  let powers f = say_powers (List.map (fun (q, z) -> (say_rational q, z)) f) in
  let root (f, g) =
    let g = say_powers (List.map (fun (c, z) -> (Big.to_string c, z)) g) in
    if g = "1" then powers f else Printf.sprintf "(%s)·√(%s)" (powers f) g in
  let term (h, n) =
    let n = String.concat " + " (List.map root n) in
    if h = one_power then n else Printf.sprintf "(%s)/(%s)" n (powers h) in
  if s = [] then "0" else String.concat " + " (List.map term s)
let print_family name f = print_network_with say_family_number name f

let say_box box = String.concat " × " (List.map (fun (low, high) -> Printf.sprintf "[%s, %s]" (say_rational low) (say_rational high)) box)
let print_for_all_k g t sections real =
  print_endline "Families of networks, with a real k:";
  print_family "Γ" g;
  Option.iter (print_family "Θ") t;
  let f = match t with None -> "R(Γ)" | Some _ -> "R(Θ) − R(Γ)" in
  Printf.printf "The ranges of k below have every integer from 1 on%s.\n"
    (match real with None -> "" | Some a -> Printf.sprintf ", and every real number from %s on" (Big.to_string a));
  let n = say_family_number in
  let larger = function None -> "" | Some a -> Printf.sprintf ", which is > %s" (n a) in
  let far star v above = Printf.sprintf "every network Φ'%s with as many neurons as Γ and R(Φ') = R(Θ) has ‖Φ' − Γ‖ ≥ %s%s"
    (if star then " in N*" else "") (n v) (larger above) in
  let say (range, stated) =
    Printf.printf "For all %s: "
      (match range with
       | From a -> Printf.sprintf "k ≥ %s" (Big.to_string a)
       | Between (a, b) -> Printf.sprintf "k with %s ≤ k < %s" (Big.to_string a) (Big.to_string b)
       | At a -> Printf.sprintf "k = %s" (Big.to_string a));
    let affine = has_biases g || match t with Some t -> has_biases t | None -> false in
    let counted = if affine then " Distances count biases and the output bias, which is no neuron." else "" in
    match stated with
    | F_equal None -> print_endline "R(Γ) = R(Θ)."
    | F_equal (Some box) -> Printf.printf "R(Γ) = R(Θ) on %s.\n" (say_box box)
    | F_seminorm v -> Printf.printf "the seminorm |%s| is %s.\n" f (n v)
    | F_separated (v, above) -> Printf.printf "%s.%s\n" (far false v above) counted
    | F_nearest (star, p, v, above) ->
        Printf.printf "with this Φ%s,\n" (if star then " in N*" else "");
        print_family "Φ" p;
        Printf.printf "R(Φ) = R(Θ) and ‖Φ − Γ‖ = %s; %s.%s\n" (n v) (far star v above) counted
    | F_sup_norm (box, v) -> Printf.printf "the largest absolute value of %s on %s, over all outputs, is %s.\n" f (say_box box) (n v)
    | F_reparametrization (p, v) ->
        print_endline "with this Φ,";
        print_family "Φ" p;
        Printf.printf "R(Φ) = R(Θ) and ‖Φ − Γ‖ = %s.%s\n" (n v) counted
    | F_lift p ->
        print_endline "with this Φ,";
        print_family "Φ" p;
        print_endline "Φ is in N*, and R(Φ)(x, 1, −1) = R(Γ)(x) for all x."
    | F_jump_norm v -> Printf.printf "the largest entry of a jump of the gradient of %s is %s.\n" f (n v)
    | F_minimal (p, lower) ->
        print_endline "with this Φ,";
        print_family "Φ" p;
        Printf.printf "R(Φ) = R(Γ), and every network with this function has at least %d neurons.%s\n" (int_of lower)
          (if affine then " The output bias is no neuron." else "")
    | F_flips sets -> say_flips sets (has_biases g)
    | F_local_minimum (samples, loss, radius) ->
        print_endline "with the samples (x, y)";
        print_samples n samples;
        Printf.printf "the mean of ‖R(Γ)(x) − y‖² is %s, and no network Φ of Γ's shape with ‖Φ − Γ‖ ≤ %s has less.\n" (n loss) (n radius) in
  List.iter say sections

let print_deep name n =
  Printf.printf "%s has %d inputs and %d layers.\n" name (int_of n.deep_inputs) (List.length n.deep_layers);
  List.iteri (fun l rows ->
    Printf.printf "  layer %d:\n" l;
    List.iter (fun (weights, bias) ->
      Printf.printf "    (%s), bias %s\n" (String.concat ", " (List.map say_rational weights)) (say_rational bias)) rows) n.deep_layers

let rec print_claim = function
  | Deep_equal (g, t) -> print_deep "Γ" g; print_deep "Θ" t; print_endline "R(Γ) = R(Θ) on all of R^d."
  | Deep_differ (g, t) ->
      print_deep "Γ" g; print_deep "Θ" t; print_endline "R(Γ) ≠ R(Θ): the two functions have different values at a point of R^d."
  | Deep_reparametrization (g, t, p, v) ->
      print_deep "Γ" g; print_deep "Θ" t; print_deep "Φ" p;
      Printf.printf "R(Φ) = R(Θ) on all of R^d, and ‖Φ − Γ‖ = %s: the largest absolute entry of Φ − Γ, over all weights and biases of all layers.\n"
        (say_rational v)
  | With_activation (a, c) ->
      Printf.printf "The activation is max(a t, t) with a = %s.\n" (say_rational a);
      print_claim c
  | Equal_on (b, g, t) -> print_network "Γ" g; print_network "Θ" t; Printf.printf "R(Γ) = R(Θ) %s.\n" (on_box b)
  | Differ_on (b, g, t) ->
      print_network "Γ" g; print_network "Θ" t; Printf.printf "R(Γ) and R(Θ) have different values at a point %s.\n" (on_box b)
  | Not_injective g ->
      print_network "Γ" g; print_endline "The layer of Γ's neurons has the same values at two points of R^d: it is not injective."
  | Equal (g, t) -> print_network "Γ" g; print_network "Θ" t; print_endline "R(Γ) = R(Θ) on all of R^d."
  | Differ (g, t) -> print_network "Γ" g; print_network "Θ" t; print_endline "R(Γ) and R(Θ) are not the same function."
  | Reparametrization (g, t, p, v, b) ->
      print_network "Γ" g; print_network "Θ" t; print_network "Φ" p;
      let how = if g.biases = None && t.biases = None then "" else " (Γ and Θ homogenised: a_i followed by b_i, and e as one more, last neuron)" in
      Printf.printf "R(Φ) = R(Θ), and ‖Φ − Γ‖ = %s ≤ %s%s.\n" (say v) (say b) how
  | Violates_C2 (n, i, j, f) ->
      print_network "Γ" n;
      Printf.printf "a of neuron %d is %s times a of neuron %d: C.2 does not hold for Γ%s.\n" (int_of j) (say f) (int_of i)
        (if_biases [ n ] homogenised_words)
  | Violates_C3a (n, i, j, f) ->
      print_network "The network" n;
      Printf.printf "a of neuron %d is %s times a of neuron %d: C.3a does not hold for it%s.\n" (int_of j) (say f) (int_of i)
        (if_biases [ n ] homogenised_words)
  | Violates_C3b (g, t, i, j, f) ->
      print_network "Γ" g; print_network "Θ" t;
      Printf.printf "a of neuron %d of Θ is %s times a of neuron %d of Γ: C.3b does not hold for Γ and Θ%s.\n" (int_of j) (say f) (int_of i)
        (if_biases [ g; t ] homogenised_words)
  | Violates_C3 (g, t) ->
      print_network "Γ" g; print_network "Θ" t;
      Printf.printf
        "Every network with the function R(Θ), whatever its number of neurons, has a non-zero a that is a negative multiple of another one of it, or of one\n\
         of Γ: C.3 does not hold for Γ and R(Θ)%s.\n" (if_biases [ g; t ] homogenised_words)
  | Lift (g, t) ->
      print_network "Γ" g; print_network "Θ" t;
      print_endline "Γ is in N*, and R(Γ)(x, 1, -1) = R(Θ)(x) for all x."
  | Seminorm (g, t, lower, upper) ->
      print_network "Γ" g;
      Option.iter (print_network "Θ") t;
      let f = match t with None -> "R(Γ)" | Some _ -> "R(Θ) − R(Γ)" in
      let known = match (lower, upper) with
        | Some a, Some b when say_rational a = say_rational b -> "= " ^ say_rational b
        | _ -> String.concat " and " (List.filter_map Fun.id [ Option.map (fun a -> ">= " ^ say_rational a) lower;
          Option.map (fun b -> "<= " ^ say_rational b) upper ]) in
      Printf.printf "The seminorm |%s| is %s.\n" f known
  | Violates_C1 (g, t, i, beta, lower) ->
      print_network "Γ" g; print_network "Θ" t;
      Printf.printf "r = |R(Θ) − R(Γ)| is at least %s, and C.1 does not hold for Γ with r and beta = %s: see neuron %d%s.\n" (say_rational lower) (say
        beta) (int_of i) (if_biases [ g; t ] homogenised_words)
  | Theorem_3_1 (g, t, p, c, cases) ->
      print_three g t p;
      print_difference c.diff_31;
      Printf.printf "C.1 holds for Γ with the threshold %s and beta = %s, C.2 for Γ, and C.3 for Γ and some network S with the function R(Θ).\n"
        (threshold_words c.diff_31) (say c.beta_31);
      print_cases "S" c.diff_31 cases;
      Printf.printf "R(Φ) = R(Θ), and ‖Φ − Γ‖ = %s" (say c.dist_31);
      print_bounds [ (c.paper_31, "beta + 2 √r"); (c.sharp_31, "beta + √2 √r"); (c.jump_31, "beta + √J") ];
      print_endline "(beta in a bound: that above, or the least with C.1 for the threshold of this bound, 2r or J.)"
  | Theorem_3_1_refined (g, t, p, x, v, bound) ->
      print_three g t p;
      print_difference x;
      Printf.printf
        "For some network with the function R(Θ), the live neurons of it and of Γ satisfy C.2 and C.3. With b the largest weight of the neurons of Γ\n\
         that are dead or on whose hyperplane R(Θ) does not jump with their sign:\n\
         R(Φ) = R(Θ), and ‖Φ − Γ‖ = %s ≤ b + √(%s) = %s.\n" (say v) (threshold_words x) (say bound)
  | Theorem_3_3 (g, t, p, c, cases) ->
      print_three g t p;
      print_endline "Γ, Θ and Φ are in N*.";
      print_difference c.diff_33;
      print_cases "Φ" c.diff_33 cases;
      Printf.printf "R(Φ) = R(Θ), and ‖Φ − Γ‖ = %s" (say c.dist_33);
      print_bounds [ (c.paper_33, "4 √r"); (c.sharp_33, "2 √2 √r"); (c.jump_33, "2 √J") ]
  | Flips_are (g, sets) ->
      print_network "Γ" g;
      say_flips sets (has_biases g)
  | Unique g ->
      print_network "Γ" g;
      print_endline "Every network with as many neurons and the function R(Γ) is Γ up to order and positive scalings of neurons.";
      print_string (if_biases [ g ] "Networks have biases; b_i is scaled as a_i is, and the output bias is no neuron.\n")
  | Nearest (star, g, t, p, lower, upper) ->
      print_network "Γ" g; print_network "Θ" t; print_network "Φ" p;
      let who = if star then " in N*" else "" in
      Printf.printf "R(Φ) = R(Θ)%s and ‖Φ − Γ‖ = %s; every network Φ'%s with as many neurons as Γ and R(Φ') = R(Θ) has ‖Φ' − Γ‖ ≥ %s.\n"
        (if star then ", Φ is in N*," else "") (say upper) who (say lower);
      print_string (if_biases [ p ] "Networks have biases, and distances count them and the output bias, which is no neuron.\n")
  | Jump_norm (g, t, j) ->
      print_network "Γ" g;
      Option.iter (print_network "Θ") t;
      let f = match t with None -> "R(Γ)" | Some _ -> "R(Θ) − R(Γ)" in
      Printf.printf "The largest entry of a jump of the gradient of %s is %s.\n" f (say_rational j);
      print_string (if_biases (g :: Option.to_list t) "Networks have biases; the gradient is that by the inputs.\n")
  | Minimal (g, t, lower) ->
      print_network "Γ" g; print_network "Θ" t;
      Printf.printf "R(Γ) = R(Θ), Γ has %d neurons, and every network with this function has at least %d.\n" (List.length g.rows) (int_of lower);
      print_string (if_biases [ g ] "Networks have biases; the output bias is no neuron.\n")
  | Local_minimum (g, samples, loss, radius) ->
      print_network "Γ" g;
      print_samples say samples;
      Printf.printf "The mean of ‖R(Γ)(x) − y‖² over these samples is %s, and no network Φ of Γ's shape with ‖Φ − Γ‖ ≤ %s has less.\n" (say loss) (say radius);
      print_string (if_biases [ g ] "Networks have biases, and distances count them and the output bias.\n")
  | Sup_norm (g, t, box, v) ->
      print_network "Γ" g;
      Option.iter (print_network "Θ") t;
      Printf.printf "The largest absolute value of %s on %s, over all outputs, is %s.\n"
        (match t with None -> "R(Γ)" | Some _ -> "R(Θ) − R(Γ)") (say_box box) (say v)
  | For_all_k (g, t, sections, real) -> print_for_all_k g t sections real
  | Is_injective (g, regions, edges) ->
      print_claim (Regions_are (g, [], regions, edges));
      print_endline "The layer of Γ's neurons is injective on R^d: no two points have the same values of all neurons."
  | Regions_are (g, domain, regions, edges) ->
      print_network "Γ" g;
      let biased = g.biases <> None in
      let rows = List.map (fun r -> "(" ^ String.concat ", " (List.map say_rational r) ^ ")") domain in
      Printf.printf "The hyperplanes %s = 0 of Γ, where a row is not zero, cut " (if biased then "<a_i,x> + b_i" else "<a_i,x>");
      Printf.printf "%s into %d regions, none of which is there twice:\n"
        (if rows = [] then "R^d"
         else Printf.sprintf "the set of all x with <g,%s> > 0 for g = %s" (if biased then "(x, 1)" else "x") (String.concat ", " rows))
        (List.length regions);
      let sign = function Gt -> '+' | Lt -> '-' | Eq -> '0' in
      List.iter (fun s -> print_endline ("  " ^ String.of_seq (List.to_seq (List.map sign s)))) regions;
      Printf.printf "%d pairs of them are adjacent: their signs differ on exactly one class of parallel hyperplanes.\n" (int_of edges)

let whole channel =
  let text = Buffer.create 65536 in
  (try while true do Buffer.add_channel text channel 1 done with End_of_file -> ());
  Buffer.contents text

let () =
  let finish code verdict = print_endline ("s " ^ verdict); exit code in
  try
    let text =
      match Sys.argv with
      | [| _; "-" |] -> whole stdin
      | [| _; file |] -> whole (open_in_bin file)
      | _ -> raise (Bad "usage: relucert-checker FILE, or - for standard input")
    in
    tokens := tokenise text;
    let read = certificate () in
    word "end";
    (match !tokens with [] -> () | (w, line) :: _ -> bad line w "the end of the file");
    if check read then (
      print_endline "Proved:";
      print_claim read.about;
      finish 0 "VERIFIED")
    else (
      prerr_endline "the evidence does not show the claim";
      finish 1 "REJECTED")
  with
  | Bad reason -> prerr_endline reason; exit 2
  | Sys_error reason -> prerr_endline reason; exit 2
  | Not_covered kind -> prerr_endline ("not covered: " ^ kind); finish 3 "DECLINED"
  | Stack_overflow | Out_of_memory -> prerr_endline "the certificate is too large for this program"; finish 3 "DECLINED"
