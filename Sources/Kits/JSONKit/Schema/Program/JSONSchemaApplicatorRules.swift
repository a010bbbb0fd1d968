/// The schemas a schema applies to the very same value; lists are places in the program's `indexes`.
struct JSONSchemaApplicatorRules: Sendable {
  var reference: Int32 = -1
  var dynamicReference: Int32 = -1
  var all = JSONSchemaList.empty
  var any = JSONSchemaList.empty
  var one = JSONSchemaList.empty
  var not: Int32 = -1
  var condition: Int32 = -1
  var consequence: Int32 = -1
  var alternative: Int32 = -1

  var isEmpty: Bool {
    reference < 0 && dynamicReference < 0 && all.isEmpty && any.isEmpty && one.isEmpty && not < 0 && condition < 0
  }
}
