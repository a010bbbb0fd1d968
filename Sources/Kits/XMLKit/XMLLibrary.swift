import CXML
import Glibc

/// Starts libxml2, libxslt and libexslt exactly once, and shuts the doors they leave open.
///
/// Both libraries keep process-wide tables that must be filled by one thread before any other uses them, print to the
/// standard error unless told otherwise, and read whatever file or address a document names. After `start()` nothing is
/// printed, and an external entity is answered only from the files that the calling thread lent with
/// `XMLLoadScope`: never from the disk, never from the network.
package enum XMLLibrary {
  /// Does the start once; every initialiser of this kit calls it, later calls cost one check.
  package static func start() {
    _ = started
  }

  // A global constant is filled under `swift_once`: exactly one thread runs this, the others wait for it.
  private static let started: Bool = {
    xmlInitParser()
    xmlSchemaInitTypes()
    xsltInit()
    exsltRegisterAll()
    xmlSetExternalEntityLoader(answerFromLoadScope)
    xmlSetStructuredErrorFunc(nil, collectStructuredError)
    xmlThrDefSetStructuredErrorFunc(nil, collectStructuredError)
    lt_setMessageSink { isPlain, text in
      guard let text else { return }
      XMLMessageCollector.current?.take(String(cString: text), isPlain: isPlain != 0)
    }
    return true
  }()
}

/// For contexts whose error is read from the context afterwards.
let ignoreStructuredError: xmlStructuredErrorFunc = { _, _ in }

/// What no context claims goes to the collector of the thread, or is dropped: libxml2's default writes document text to
/// the standard error.
private let collectStructuredError: xmlStructuredErrorFunc = { _, error in
  guard let error else { return }
  XMLMessageCollector.current?.take(error.pointee)
}

/// libxml2's only door to other files: answers from the files lent to this thread, else refuses.
private let answerFromLoadScope: xmlExternalEntityLoader = { url, _, context in
  guard let url, let context, let scope = XMLLoadScope.current else { return nil }
  return scope.makeInput(for: url, context: context)
}
