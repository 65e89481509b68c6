"""Makes tests/networks/onnx: small models as scikit-learn and PyTorch export them, and by hand, with what they compute.

    pip install numpy scikit-learn onnx onnxruntime skl2onnx torch onnxscript
    python tests/scripts/onnx_models.py [FOLDER_OF_OTHER_NETWORKS]

`expected.json` has for each model points, its values there in fractions (onnx_oracle.py) and as onnxruntime computes them. With a folder of other
networks, `others.json` has the same about each .onnx file there.
"""

import copy
import json
import random
import sys
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from skl2onnx import to_onnx
from torch import nn

import onnx_oracle as oracle

warnings.filterwarnings("ignore")
PLAIN = "sk_iris sk_iris_words sk_outputs pt_mlp pt_plain pt_double pt_tanh affine half_data brain_data".split()
HERE = Path(__file__).parent.parent / "networks" / "onnx"
F32, F64, F16, BF16, INT64 = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.INT64


def float32_norm(scale, b, mean, var, epsilon):
    """Factor and shift in single precision, operation by operation as onnxruntime's kernel."""
    [scale, b, mean, var] = [np.array([float(v) for v in a], dtype=np.float32) for a in (scale, b, mean, var)]
    factor = (np.float32(1) / np.sqrt(var + np.float32(float(epsilon)))) * scale
    return oracle.exact(factor), oracle.exact(b - mean * factor)


def learned():
    x, y = load_iris(return_X_y=True)
    xb, yb = load_breast_cancer(return_X_y=True)
    xd, yd = load_diabetes(return_X_y=True)
    xb, f32, f64 = StandardScaler().fit_transform(xb[:, :6]), np.float32, np.float64
    fit = dict(max_iter=60, random_state=7)
    words = np.array(["setosa", "versicolor", "virginica"])[y]
    yield "sk_iris", to_onnx(MLPClassifier((5,), **fit).fit(x, y), x[:1].astype(f32))
    yield "sk_iris_words", to_onnx(MLPClassifier((5,), **fit).fit(x, words), x[:1].astype(f64), options={"zipmap": False})
    yield "sk_binary", to_onnx(MLPClassifier((5, 4), **fit).fit(xb, yb), xb[:1].astype(f32))
    yield "sk_labels", to_onnx(MLPClassifier((5,), **fit).fit(x, np.stack([y > 0, y > 1], 1)), x[:1].astype(f32), options={"zipmap": False})
    regressor = lambda *sizes: make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=sizes, **fit))
    yield "sk_scaled", to_onnx(regressor(6, 4).fit(xd, yd), xd[:1].astype(f32))
    yield "sk_scaled_f64", to_onnx(regressor(6,).fit(xd, yd), xd[:1].astype(f64))
    yield "sk_outputs", to_onnx(MLPRegressor(hidden_layer_sizes=(7,), **fit).fit(x, np.eye(3)[y]), x[:1].astype(f64))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(6, 5), nn.Linear(5, 6)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        return (x + self.b(torch.relu(self.a(x))) - 0.5) / 2


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(4, 3), nn.Linear(3, 3), nn.Linear(6, 2)

    def forward(self, x):
        first = torch.relu(self.a(x))
        second = torch.relu(self.b(first))
        return self.c(torch.cat([first, second], 1))


def exported():
    norm = nn.BatchNorm1d(5)
    conv_norm = nn.BatchNorm2d(2)
    torch.manual_seed(3)
    for layer in (norm, conv_norm):
        for values in (layer.weight.data, layer.running_var):
            values.uniform_(0.5, 2)
        for values in (layer.bias.data, layer.running_mean):
            values.normal_()
    flat, image = torch.randn(1, 4), torch.randn(1, 1, 8, 8)
    models = {
        "mlp": (nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)), flat),
        "plain": (nn.Sequential(nn.Linear(4, 6, bias=False), nn.ReLU(), nn.Linear(6, 2, bias=False)), flat),
        "double": (nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)).double(), flat.double()),
        "leaky": (
            nn.Sequential(nn.Linear(4, 6, bias=False), nn.LeakyReLU(0.1), nn.Dropout(), nn.Linear(6, 3), nn.PReLU(3), nn.Linear(3, 2), nn.Softmax(1)),
            flat,
        ),
        "tanh": (nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2), nn.Tanh()), flat),
        "conv": (
            nn.Sequential(nn.Conv2d(1, 2, 3, stride=2, padding=1), conv_norm, nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(8, 3)),
            image,
        ),
        "groups": (
            nn.Sequential(nn.Conv2d(1, 2, 2, stride=2), nn.ReLU(), nn.Conv2d(2, 4, 2, groups=2, dilation=2, padding=1), nn.Flatten(), nn.Linear(64, 2)),
            image,
        ),
        "relu6": (nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU6(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 3)), image),
        "signal": (nn.Sequential(nn.Conv1d(2, 3, 3, padding=1), nn.ReLU(), nn.AvgPool1d(2), nn.Flatten(), nn.Linear(9, 2)), torch.randn(1, 2, 6)),
        "residual": (Residual(), torch.randn(1, 2, 3)),
        "branches": (Branches(), flat),
        "norm": (nn.Sequential(nn.Linear(4, 5), nn.ReLU(), norm, nn.Linear(5, 2)), flat),
    }
    for name, (module, example) in models.items():
        module.eval()
        for dynamo in (False, True):
            path = Path("/tmp") / f"pt_{name}.onnx"
            how = dict(dynamic_shapes=({0: torch.export.Dim("batch")},)) if dynamo else dict(dynamic_axes={"x": {0: "batch"}})
            torch.onnx.export(module, (example,), path, dynamo=dynamo, input_names=["x"], external_data=False, verbose=False, **how)
            model = onnx.load(path)
            for node in model.graph.node:
                # Traces with paths of the machine.
                del node.metadata_props[:]
                node.doc_string = ""
            del model.graph.value_info[:], model.graph.metadata_props[:], model.metadata_props[:]
            for value in [*model.graph.input, *model.graph.output]:
                del value.metadata_props[:]
            yield f"pt_{name}{'_dynamo' if dynamo else ''}", model


def by_hand():
    rng = np.random.default_rng(5)
    f32 = lambda *shape: rng.normal(size=shape).astype(np.float32)

    def model(name, nodes, constants, shape, data_type=F32, opset=13, out=None):
        inits = [t if isinstance(t, TensorProto) else numpy_helper.from_array(t, n) for n, t in constants.items()]
        graph = helper.make_graph(
            nodes,
            name,
            [helper.make_tensor_value_info("x", data_type, shape)],
            [helper.make_tensor_value_info("y", data_type, None)],
            inits,
        )
        return name, helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)

    n = helper.make_node
    yield model(
        "weight_first",
        [n("MatMul", ["w", "x"], ["a"]), n("Add", ["b", "a"], ["c"]), n("Relu", ["c"], ["d"]), n("MatMul", ["v", "d"], ["y"])],
        {"w": f32(4, 3), "b": f32(4, 1), "v": f32(2, 4)},
        [3, 1],
    )
    yield model(
        "gemm_flags",
        [
            n("Gemm", ["x", "w", "b"], ["a"], alpha=0.3, beta=-1.5, transA=1, transB=1),
            n("Relu", ["a"], ["r"]),
            n("Gemm", ["r", "v", "e"], ["y"], beta=0.0),
        ],
        {"w": f32(4, 3), "b": f32(4), "v": f32(4, 2), "e": f32(1, 2)},
        [3, 1],
    )
    yield model(
        "typed_data",
        [n("Gemm", ["x", "w", "b"], ["a"]), n("Relu", ["a"], ["r"]), n("MatMul", ["r", "v"], ["y"])],
        {
            "w": helper.make_tensor("w", F64, [3, 4], rng.normal(size=12).tolist()),
            "b": helper.make_tensor("b", F64, [4], rng.normal(size=4).tolist()),
            "v": helper.make_tensor("v", F64, [4, 2], rng.normal(size=8).tolist()),
        },
        ["N", 3],
        F64,
    )
    half = lambda name, shape: helper.make_tensor(name, F16, shape, rng.normal(size=int(np.prod(shape))).astype(np.float16).tolist())
    brain = lambda name, shape: helper.make_tensor(name, BF16, shape, rng.normal(size=int(np.prod(shape))).tolist())
    for name, make in (("half_data", half), ("brain_data", brain)):
        yield model(
            name,
            [
                n("Cast", ["w"], ["w32"], to=F32),
                n("Cast", ["v"], ["v32"], to=F32),
                n("MatMul", ["x", "w32"], ["a"]),
                n("Relu", ["a"], ["r"]),
                n("MatMul", ["r", "v32"], ["y"]),
            ],
            {"w": make("w", [3, 4]), "v": make("v", [4, 2])},
            ["N", 3],
        )
    yield model(
        "constants",
        [
            n("Constant", [], ["s"], value_float=0.75),
            n("Constant", [], ["t"], value=numpy_helper.from_array(f32(3))),
            n("Constant", [], ["u"], value_floats=[0.5, -2.0, 3.0]),
            n("Sub", ["t", "u"], ["tu"]),
            n("Mul", ["tu", "s"], ["shift"]),
            n("Identity", ["x"], ["i"]),
            n("Sub", ["i", "shift"], ["z"]),
            n("Div", ["z", "u"], ["scaled"]),
            n("MatMul", ["scaled", "w"], ["m1"]),
            n("MatMul", ["m1", "w2"], ["m2"]),
            n("Relu", ["m2"], ["r"]),
            n("Neg", ["r"], ["neg"]),
            n("Sum", ["neg", "r", "r", "e"], ["y"]),
            n("MatMul", ["x", "w"], ["unused"]),
        ],
        {"w": f32(3, 4), "w2": f32(4, 5), "e": f32(5)},
        ["N", 3],
    )
    yield model(
        "places",
        [
            n("Unsqueeze", ["x", "one"], ["u"]),
            n("Transpose", ["u"], ["t"], perm=[0, 2, 1]),
            n("Squeeze", ["t", "two"], ["q"]),
            n("Slice", ["q", "from", "to", "one", "step"], ["s"]),
            n("Gather", ["q", "which"], ["g"], axis=1),
            n("Concat", ["s", "g", "k"], ["c"], axis=1),
            n("Gemm", ["c", "w"], ["a"]),
            n("Relu", ["a"], ["r"]),
            n("Reshape", ["r", "sides"], ["h"]),
            n("Flatten", ["h"], ["f"]),
            n("ReduceSum", ["f", "one"], ["y"], keepdims=0),
        ],
        {
            "one": np.array([1]),
            "two": np.array([2]),
            "from": np.array([-1 - 4]),
            "to": np.array([9]),
            "step": np.array([2]),
            "which": np.array([3, -1]),
            "k": f32(1, 1),
            "w": f32(6, 4),
            "sides": np.array([0, 2, -1]),
        },
        ["N", 5],
    )
    for name, pads in (("pool_same", dict(auto_pad="SAME_UPPER")), ("pool_pads", dict(pads=[1, 0, 1, 1], count_include_pad=1))):
        yield model(
            name,
            [
                n("AveragePool", ["x"], ["p"], kernel_shape=[2, 3], strides=[2, 2], **pads),
                n("Relu", ["p"], ["r"]),
                n("Conv", ["r", "w", "b"], ["c"], auto_pad="SAME_LOWER"),
                n("ReduceMean", ["c"], ["y"], axes=[2, 3], keepdims=0),
            ],
            {"w": f32(2, 2, 2, 2), "b": f32(2)},
            [1, 2, 5, 5],
        )
    yield model(
        "batch_norm",
        [
            n("BatchNormalization", ["x", "scale", "b", "mean", "var"], ["n"], epsilon=1e-3),
            n("Relu", ["n"], ["r"]),
            n("GlobalAveragePool", ["r"], ["g"]),
            n("Flatten", ["g"], ["y"]),
        ],
        {"scale": f32(3), "b": f32(3), "mean": f32(3), "var": np.abs(f32(3))},
        ["N", 3, 2, 2],
        opset=15,
    )
    yield model(
        "ends_in_relu",
        [n("MatMul", ["x", "w"], ["a"]), n("Clip", ["a", "low"], ["y"])],
        {"w": f32(3, 2), "low": np.float32(0)},
        ["N", 3],
    )
    yield model("affine", [n("MatMul", ["x", "w"], ["a"]), n("Add", ["a", "b"], ["y"])], {"w": f32(3, 2), "b": f32(2)}, ["N", 3])


def points(size, seed, data_type):
    rng = random.Random(seed)
    kind = np.float64 if data_type == F64 else np.float32
    return [[float(kind(rng.gauss(0, 1.5))) for _ in range(size)] for _ in range(3)]


def record(model, seed, parameters):
    names = {t.name for t in model.graph.initializer}
    [info] = [i for i in model.graph.input if i.name not in names]
    shape = [d.dim_value or 1 for d in info.type.tensor_type.shape.dim]
    data_type = info.type.tensor_type.elem_type
    chosen = points(int(np.prod(shape)), seed, data_type)
    values, runtime, name = [], [], None
    for point in chosen:
        value, name = oracle.run(model, [Fraction(v) for v in point], float32_norm)
        values.append([str(v) for v in value])
    open_model = copy.deepcopy(model)
    if name not in [o.name for o in open_model.graph.output]:
        open_model.graph.output.append(helper.make_tensor_value_info(name, data_type, None))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = onnxruntime.InferenceSession(open_model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        for point in chosen:
            array = np.array(point, dtype=np.float64 if data_type == F64 else np.float32).reshape(shape)
            [out] = session.run([name], {info.name: array})
            runtime.append([float(v).hex() for v in out.reshape(-1)])
    except Exception as error:
        print("  not run:", str(error)[:120])
        runtime = None
    count, total = oracle.numbers(model)
    entry = {"double": data_type == F64, "points": [[v.hex() for v in p] for p in chosen], "values": values, "runtime": runtime}
    if parameters:
        entry |= {"parameters": count, "sum": str(total)}
    return entry


def main():
    HERE.mkdir(parents=True, exist_ok=True)
    expected = {}
    makers = [("scikit-learn", learned), ("PyTorch", exported), ("by hand", by_hand)]
    for source, maker in makers:
        for seed, (name, model) in enumerate(maker()):
            (HERE / f"{name}.onnx").write_bytes(model.SerializeToString())
            # Models whose numbers are their layers' numbers, one by one.
            plain = name.removesuffix("_dynamo") in PLAIN
            entry = record(model, seed, plain)
            expected[name] = {"source": source} | entry
            print(name, len(model.SerializeToString()), sorted({node.op_type for node in model.graph.node}))
    (HERE / "expected.json").write_text(json.dumps(expected, indent=0) + "\n")
    if len(sys.argv) > 1:
        others = {}
        for path in sorted(Path(sys.argv[1]).glob("*.onnx")):
            model = onnx.load(path)
            entry = record(model, 1, False)
            entry["parameters"], total = oracle.numbers(model)
            entry["sum"] = str(total)
            entry["unrolled"] = any(node.op_type == "Conv" for node in model.graph.node)
            # Three points of thousands of coordinates would be a long file.
            if len(entry["points"][0]) > 500:
                for field in ("points", "values", "runtime"):
                    entry[field] = entry[field][:1]
            others[path.name] = entry
            print(path.name)
        (HERE / "others.json").write_text(json.dumps(others, indent=0) + "\n")


main()
