import Exploration

/// What executed the steps, for `--verbose`.
func engineWords(_ status: NativeStatus) -> String {
  switch status {
  case .unused: "bytecode machine"
  case .compiling: "bytecode machine; the compiler was still at work at the end"
  case .ready(fromCache: true, _): "bytecode machine, then compiled C from the cache"
  case .ready(fromCache: false, let seconds):
    "bytecode machine, then compiled C (\(Int(seconds * 1000)) ms to compile)"
  case .unavailable(let reason): "bytecode machine, no compiled C: \(reason)"
  }
}
