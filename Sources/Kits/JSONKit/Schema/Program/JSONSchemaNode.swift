/// One compiled schema: which values it allows, as indexes into the tables of its program; −1 where it says nothing.
///
/// Plain numbers only, so that reading a node costs a load.
struct JSONSchemaNode: Sendable {
  var types = JSONSchemaTypes.all
  /// The schema `false`: nothing is valid.
  var isFalse = false
  var constants: Int32 = -1
  var object: Int32 = -1
  var array: Int32 = -1
  var string: Int32 = -1
  var number: Int32 = -1
  var applicators: Int32 = -1
  var unevaluatedProperties: Int32 = -1
  var unevaluatedItems: Int32 = -1
  /// The schema resource it belongs to, for `$dynamicRef`.
  var resource: Int32 = 0
  /// Its absolute location, in the program's `locations`.
  var location: Int32 = 0

  var hasUnevaluated: Bool { unevaluatedProperties >= 0 || unevaluatedItems >= 0 }
}
