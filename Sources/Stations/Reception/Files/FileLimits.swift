/// What the gateway takes of files that come by themselves.
package struct FileLimits: Sendable, Equatable {
  /// Bytes of one file; more is answered 413.
  package var fileBytes = 2 << 30
  /// Files on their way in at the same time; more are answered 503.
  package var uploads = 16
  /// Bytes that stay free on the disk for messages; a file that would take them is answered 503.
  package var reserveBytes = 256 << 20

  package init() {}

  package static let standard = FileLimits()
}
