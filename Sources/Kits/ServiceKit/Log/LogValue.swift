/// The forms in which fields are written.
enum LogValue {
  case identifier(String)
  case address(String)
  case path(String)
  case constant(StaticString)
  case typeName(String)
  case integer(Int64)
  case unsigned(UInt64)
  case boolean(Bool)
  case seconds(Duration)
  case moment(Timestamp)
  case hexadecimal([UInt8])
}
