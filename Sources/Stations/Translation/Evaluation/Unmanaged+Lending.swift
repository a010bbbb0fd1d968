extension Unmanaged {
  /// Calls `body` with the object, which somebody else keeps alive for the length of the call, without retaining it.
  ///
  /// Threads that translate by one mapping share its rows and expressions. Their reference counts would otherwise pass
  /// to and fro between the cores at every row, which was a thirtieth of all that a message costs.
  @inline(__always)
  func lend<Value, Failure: Error>(_ body: (Instance) throws(Failure) -> Value) throws(Failure) -> Value {
    try _withUnsafeGuaranteedRef { instance in
      Result<Value, Failure> { () throws(Failure) in try body(instance) }
    }.get()
  }
}
