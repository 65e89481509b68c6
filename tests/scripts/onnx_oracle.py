"""ONNX graphs carried out in fractions: an oracle for the reader, written without looking at it.

Every value is a numpy array of Fraction; the batch is 1. What stands behind logits (Softmax, ArgMax, ...) ends the run.
"""

import itertools
from fractions import Fraction

import numpy as np
import onnx
from onnx import numpy_helper

TAIL = {"Softmax", "LogSoftmax", "Sigmoid", "Tanh", "ArgMax", "ZipMap", "Binarizer"}


def exact(array):
    array = np.asarray(array)
    if array.dtype.kind not in "fiub":
        array = array.astype(np.float64)  # bfloat16 and the like widen exactly
    flat = [Fraction(item) for item in array.reshape(-1).tolist()]
    return np.array(flat + [None], dtype=object)[:-1].reshape(array.shape)


def settings(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def single(value):
    return Fraction(float(np.float32(value)))


def windows(x, kernel, s):
    """Padded input positions of every window: outputs, then lists of (offset in the window, position or None)."""
    space = x.shape[2:]
    strides = s.get("strides", [1] * len(space))
    dilations = s.get("dilations", [1] * len(space))
    pads = list(s.get("pads", [0] * 2 * len(space)))
    auto = s.get("auto_pad", b"NOTSET").decode()
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
    if auto.startswith("SAME"):
        for i, (n, st, sp) in enumerate(zip(space, strides, spans)):
            total = max((-(-n // st) - 1) * st + sp - n, 0)
            small, large = total // 2, total - total // 2
            pads[i], pads[i + len(space)] = (small, large) if auto == "SAME_UPPER" else (large, small)
    sides = [(n + pads[i] + pads[i + len(space)] - sp) // st + 1 for i, (n, st, sp) in enumerate(zip(space, strides, spans))]
    for out in itertools.product(*map(range, sides)):
        inside = []
        for offset in itertools.product(*map(range, kernel)):
            at = tuple(o * st + k * d - pads[i] for i, (o, st, k, d) in enumerate(zip(out, strides, offset, dilations)))
            if all(0 <= p < n for p, n in zip(at, space)):
                inside.append((offset, at))
        yield sides, out, inside


def conv(x, w, b, s):
    group, maps = s.get("group", 1), w.shape[0]
    result = None
    for sides, out, inside in windows(x, w.shape[2:], s):
        if result is None:
            result = np.empty((x.shape[0], maps, *sides), dtype=object)
        for n, m in itertools.product(range(x.shape[0]), range(maps)):
            first = m // (maps // group) * w.shape[1]
            total = Fraction(0) if b is None else b[m]
            for c in range(w.shape[1]):
                total += sum((w[(m, c, *k)] * x[(n, first + c, *at)] for k, at in inside), Fraction(0))
            result[(n, m, *out)] = total
    return result


def average(x, s):
    result, kernel = None, s["kernel_shape"]
    for sides, out, inside in windows(x, kernel, s):
        if result is None:
            result = np.empty((*x.shape[:2], *sides), dtype=object)
        count = int(np.prod(kernel)) if s.get("count_include_pad", 0) else len(inside)
        for n, c in itertools.product(*map(range, x.shape[:2])):
            result[(n, c, *out)] = sum((x[(n, c, *at)] for _, at in inside), Fraction(0)) / count
    return result


def ints(array):
    return [int(v) for v in np.asarray(array).reshape(-1)]


def relu(x):
    return np.vectorize(lambda v: max(v, Fraction(0)), otypes=[object])(x)


def step(node, args, s, norm):
    op = node.op_type
    x = args[0] if args else None
    if op == "Gemm":
        a, b = (x.T if s.get("transA") else x), (args[1].T if s.get("transB") else args[1])
        y = single(s.get("alpha", 1.0)) * (a @ b)
        return y + single(s.get("beta", 1.0)) * args[2] if len(args) > 2 and args[2] is not None else y
    if op == "MatMul":
        return x @ args[1]
    if op in ("Add", "Sum"):
        return sum(args[1:], x)
    if op == "Sub":
        return x - args[1]
    if op == "Mul":
        return x * args[1]
    if op == "Div":
        return x / args[1]
    if op == "Neg":
        return -x
    if op == "Relu":
        return relu(x)
    if op == "LeakyRelu":
        return relu(x) - single(s.get("alpha", 0.01)) * relu(-x)
    if op == "PRelu":
        return relu(x) - args[1] * relu(-x)
    if op == "Clip":
        low, high = (args + [None, None])[1:3]
        y = x if low is None else relu(x - low) + low
        return y if high is None else high - relu(high - y)
    if op == "Conv":
        return conv(x, args[1], args[2] if len(args) > 2 else None, s)
    if op == "AveragePool":
        return average(x, s)
    if op == "GlobalAveragePool":
        area = int(np.prod(x.shape[2:]))
        return x.reshape(*x.shape[:2], -1).sum(axis=2).reshape(*x.shape[:2], *[1] * (x.ndim - 2)) / Fraction(area)
    if op in ("ReduceMean", "ReduceSum"):
        axes = tuple(s["axes"] if "axes" in s else ints(args[1]))
        count = int(np.prod([x.shape[a] for a in axes])) if op == "ReduceMean" else 1
        return x.sum(axis=axes, keepdims=bool(s.get("keepdims", 1))) / Fraction(count)
    if op == "BatchNormalization":
        scale, b, mean, var = args[1:5]
        factor, shift = norm(scale, b, mean, var, single(s.get("epsilon", 1e-5)))
        sides = (1, -1) + (1,) * (x.ndim - 2)
        return x * factor.reshape(sides) + shift.reshape(sides)
    if op == "Scaler":
        return (x - exact(np.float32(s["offset"]))) * exact(np.float32(s["scale"]))
    if op in ("Identity", "Cast", "Dropout"):
        return x
    if op == "Constant":
        [value] = s.values()
        return exact(numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else np.array(value))
    if op == "Flatten":
        axis = s.get("axis", 1)
        return x.reshape(int(np.prod(x.shape[:axis])), -1)
    if op == "Reshape":
        zero = s.get("allowzero", 0)
        return x.reshape([x.shape[i] if n == 0 and not zero else n for i, n in enumerate(ints(args[1]))])
    if op == "Squeeze":
        axes = s["axes"] if "axes" in s else ints(args[1]) if len(args) > 1 else None
        return np.squeeze(x, axis=None if axes is None else tuple(axes))
    if op == "Unsqueeze":
        return np.expand_dims(x, tuple(s["axes"] if "axes" in s else ints(args[1])))
    if op == "Transpose":
        return np.transpose(x, s.get("perm"))
    if op == "Shape":
        return exact(np.array(x.shape))
    if op == "Gather":
        return np.take(x, np.array(ints(args[1])).reshape(args[1].shape), axis=s.get("axis", 0))
    if op == "Concat":
        return np.concatenate(args, axis=s["axis"])
    if op == "Slice":
        starts, ends = ints(args[1]), ints(args[2])
        axes = ints(args[3]) if len(args) > 3 else range(len(starts))
        steps = ints(args[4]) if len(args) > 4 else [1] * len(starts)
        cut = [slice(None)] * x.ndim
        for a, b, e, t in zip(axes, starts, ends, steps):
            cut[a] = slice(b, e, t)
        return x[tuple(cut)]
    raise NotImplementedError(op)


def run(model, point, norm=None):
    """The value at a point, a list of Fraction, and the name of the tensor that has it."""
    graph = model.graph
    values = {"": None}
    for t in graph.initializer:
        if t.data_type != onnx.TensorProto.STRING:
            values[t.name] = exact(numpy_helper.to_array(t))
    [info] = [i for i in graph.input if i.name not in values]
    shape = [d.dim_value or 1 for d in info.type.tensor_type.shape.dim]
    values[info.name] = np.array(point + [None], dtype=object)[:-1].reshape(shape)
    name = graph.output[0].name
    for node in graph.node:
        if node.op_type in TAIL:
            name = node.input[0]
            break
        args = [values.get(i) for i in node.input]
        values[node.output[0]] = np.asarray(step(node, args, settings(node), norm), dtype=object)
    return list(values[name].reshape(-1)), name


def numbers(model):
    """How many numbers the initializers have that are floats, and their exact sum."""
    floats = [exact(numpy_helper.to_array(t)).reshape(-1) for t in model.graph.initializer if t.data_type in (1, 10, 11, 16)]
    return sum(map(len, floats)), sum(itertools.chain(*floats), Fraction(0))
