/// The formats that can be checked (2020-12 validation §7.3); each is asked for in the options.
package enum JSONSchemaFormat: String, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date
  case time
  case email
  case uri
  case uriReference = "uri-reference"
  case uuid
  case ipv4
  case ipv6
  case hostname
  case jsonPointer = "json-pointer"
  case regex
}
