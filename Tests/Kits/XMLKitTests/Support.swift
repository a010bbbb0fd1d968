import XMLKit

func document(_ text: String, limits: XMLLimits = .standard) throws -> XMLDocument {
  try XMLDocument(parsing: Array(text.utf8), limits: limits)
}

func text(_ bytes: [UInt8]) -> String {
  String(decoding: bytes, as: UTF8.self)
}

/// The error that `body` throws, nil when it throws none.
func xmlError(_ body: () throws -> Void) -> XMLError? {
  do {
    try body()
    return nil
  } catch {
    return error as? XMLError
  }
}
