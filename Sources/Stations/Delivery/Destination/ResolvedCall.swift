import CryptographyKit
import HTTPKit

/// Where a request goes and with which fields, for one party: what never changes is laid out once.
struct ResolvedCall: Sendable {
  let method: HTTPMethod
  private let address: String
  private let path: ResolvedText
  /// Whether the path is the name of a file.
  private let isFile: Bool
  private let constantHeaders: HTTPHeaders
  private let changingHeaders: [(name: String, value: ResolvedText)]

  init(
    method: String, address: String, path: TextTemplate, headers: [HeaderTemplate], values: [String: String],
    secrets: [String: String], isFile: Bool = false
  ) {
    self.isFile = isFile
    self.method = HTTPMethod(rawValue: method)
    self.address = address
    self.path = ResolvedText(path, values: values, secrets: secrets)
    var constant = HTTPHeaders()
    var changing: [(name: String, value: ResolvedText)] = []
    // A field given twice (by the profile for all requests and by one operation) has the later, closer value.
    for (index, header) in headers.enumerated() {
      let isOverridden = headers[(index + 1)...].contains { $0.name.lowercased() == header.name.lowercased() }
      guard !isOverridden else { continue }
      switch header.value {
      case .text(let template):
        let value = ResolvedText(template, values: values, secrets: secrets)
        if let text = value.constant {
          constant.append(header.name, text)
        } else {
          changing.append((header.name, value))
        }
      case .base64JSON(let members):
        let object = ResolvedEnvelope(members, values: values, secrets: secrets).body(payload: [], .empty)
        constant.append(header.name, Base64.encode(object))
      }
    }
    constantHeaders = constant
    changingHeaders = changing
  }

  func url(_ context: RequestContext) -> String { address + (isFile ? path.fileName(context) : path.path(context)) }

  func headers(_ context: RequestContext) -> HTTPHeaders {
    var headers = constantHeaders
    for (name, value) in changingHeaders { headers.append(name, value.text(context)) }
    return headers
  }

  /// The first field that could not be sent with the values and secrets of this party, by name.
  var unsendableHeader: String? { headers(.empty).firstUnsendableName }
}
