/// A body of `multipart/form-data` (RFC 7578) with the payload as a file.
package struct MultipartEnvelope: Sendable, Equatable {
  /// Texts only; they go before the file.
  package var fields: [PayloadEnvelope.Member]
  /// The field of the file.
  package var name: String
  package var fileName: TextTemplate
  /// Of the file.
  package var contentType: String
}
