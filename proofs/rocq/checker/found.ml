(* Multipliers of a circuit, in place of the function of this name in Trees.v: whatever is answered here is only tried, and [dependent] checks it.
   Rows are coordinates, columns the vectors; elimination without fractions, then substitution backwards, where every division is exact. *)
let multipliers vectors =
  let columns = Array.of_list (List.map Array.of_list vectors) in
  let k = Array.length columns in
  if k = 0 then []
  else
    let n = Array.length columns.(0) in
    let rows = Array.init n (fun i -> Array.init k (fun j -> columns.(j).(i))) in
    let previous = ref Z.one in
    let eliminate c =
      let rec pivot i = if i = n then None else if Z.sign rows.(i).(c) <> 0 then Some i else pivot (i + 1) in
      match pivot c with
      | None -> false
      | Some i ->
          let top = rows.(i) in
          rows.(i) <- rows.(c);
          rows.(c) <- top;
          let p = top.(c) in
          for i = c + 1 to n - 1 do
            let row = rows.(i) in
            let x = row.(c) in
            for j = c + 1 to k - 1 do
              let y = if Z.sign x = 0 then Z.mul p row.(j) else Z.sub (Z.mul p row.(j)) (Z.mul x top.(j)) in
              row.(j) <- (if c = 0 then y else Z.divexact y !previous)
            done
          done;
          previous := p;
          true
    in
    let rec all c = c >= k - 1 || (eliminate c && all (c + 1)) in
    if k - 1 > n || not (all 0) then []
    else
      let x = Array.make k !previous in
      for i = k - 2 downto 0 do
        let sum = ref Z.zero in
        for j = i + 1 to k - 1 do sum := Z.sub !sum (Z.mul rows.(i).(j) x.(j)) done;
        x.(i) <- Z.div !sum rows.(i).(i)
      done;
      let x = if Z.sign !previous < 0 then Array.map Z.neg x else x in
      Array.to_list x
