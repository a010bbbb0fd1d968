package import DocumentKit

extension DocumentTree {
  /// The document laid out for reading, as goldens are kept; of a JSON target the JSON.
  package func readable() throws(WorkbenchError) -> [UInt8] {
    guard format == .json else { return xml(indent: true) }
    do throws(DocumentError) {
      return try json(indent: 2) + [UInt8(ascii: "\n")]
    } catch {
      throw WorkbenchError(.document, error.description)
    }
  }

  /// The document as it is sent.
  package func compact() throws(WorkbenchError) -> [UInt8] {
    do throws(DocumentError) {
      return try serialised()
    } catch {
      throw WorkbenchError(.document, error.description)
    }
  }
}
