import CXML

/// The files a schema or stylesheet may load while it is compiled: gathered and checked beforehand, held in memory.
///
/// libxml2 asks for files through one process-wide function that knows only a name. The scope is bound to the calling
/// thread for the length of one compilation, so that a document parsed on another thread at that moment is still
/// refused everything.
final class XMLLoadScope {
  /// Text of every file by the name under which libxml2 will ask for it.
  let files: [String: [UInt8]]

  init(files: [String: [UInt8]]) {
    self.files = files
  }

  /// The scope of the calling thread, if it is compiling something.
  static var current: XMLLoadScope? { bound.current }

  /// Runs `body` with this scope bound to the calling thread.
  func withFilesLent<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    try Self.bound.bind(self, body)
  }

  /// A parser input over the file called `url`, or nil when it was not lent.
  func makeInput(for url: UnsafePointer<CChar>, context: xmlParserCtxtPtr) -> xmlParserInputPtr? {
    guard let bytes = files[String(cString: url)] else { return nil }
    // The buffer copies the bytes, so nothing of this object outlives the call.
    let buffer = bytes.withUnsafeBytes { bytes in
      xmlParserInputBufferCreateMem(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), XML_CHAR_ENCODING_NONE)
    }
    guard let buffer else { return nil }
    guard let input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE) else {
      xmlFreeParserInputBuffer(buffer)
      return nil
    }
    // libxml2 frees this name with the input; it resolves relative references against it.
    input.pointee.filename = xmlStrdup(UnsafeRawPointer(url).assumingMemoryBound(to: UInt8.self)).map {
      UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
    }
    return input
  }

  private static let bound = ThreadBound<XMLLoadScope>()
}
