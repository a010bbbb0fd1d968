import CryptographyKit
import HTTPKit
import JSONKit

/// The wrapping of a payload for one party: everything that never changes is laid out once.
struct ResolvedEnvelope: Sendable {
  private indirect enum Segment: Sendable {
    case bytes([UInt8])
    case text(ResolvedText, EnvelopeEscape)
    case payload(PayloadEnvelope.PayloadForm, EnvelopeEscape)
    /// The payload's own members, behind a comma if it has any, and its end.
    case members
    case boundary
    case checksum(ResolvedChecksum)
    /// What these make, in base64.
    case encoded([Segment])
  }

  /// nil: the payload is the body.
  private let segments: [Segment]?
  /// Whether the body is in parts, between boundaries that `boundary(for:)` gives.
  let isMultipart: Bool
  /// Whether something is computed over members of the body.
  private let readsFields: Bool

  init(_ envelope: PayloadEnvelope, values: [String: String], secrets: [String: String]) {
    var layout = Layout(values: values, secrets: secrets)
    switch envelope {
    case .raw: break
    case .wrap(let members): layout.object(members)
    case .add(let members): layout.members(members)
    case .list: layout.list()
    case .form(let members): layout.form(members)
    case .multipart(let parts): layout.multipart(parts)
    case .soap(let call): layout.soap(call)
    }
    segments = envelope == .raw ? nil : layout.finish()
    isMultipart = if case .multipart = envelope { true } else { false }
    readsFields = envelope.members.flatMap(\.value.templates).flatMap(\.places).contains { place in
      if case .field = place { true } else { false }
    }
  }

  /// A JSON object of texts, without a payload.
  init(_ members: [NamedTemplate], values: [String: String], secrets: [String: String]) {
    self.init(.wrap(members.map { .init(name: $0.name, value: .text($0.value)) }), values: values, secrets: secrets)
  }

  /// What no body holds: a text with the payload's own hash in it.
  static func boundary(for payload: [UInt8]) -> String { "lt-" + Hexadecimal.encode(SHA256.hash(payload)) }

  func body(payload: [UInt8], _ context: RequestContext, boundary: String = "") -> [UInt8] {
    guard let segments else { return payload }
    var context = context
    // Once without what is computed, and once more with it.
    if readsFields { context.fields = Self.fields(of: Self.bytes(of: segments, payload, context, boundary)) }
    return Self.bytes(of: segments, payload, context, boundary)
  }

  private static func bytes(
    of segments: [Segment], _ payload: [UInt8], _ context: RequestContext, _ boundary: String
  ) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(payload.count + 512)
    for segment in segments {
      switch segment {
      case .bytes(let bytes): body += bytes
      case .text(let text, let escape): escape.append(text.text(context), to: &body)
      case .boundary: body += boundary.utf8
      case .encoded(let inner):
        EnvelopeEscape.json.append(Base64.encode(bytes(of: inner, payload, context, boundary)), to: &body)
      case .checksum(let checksum): EnvelopeEscape.json.append(checksum.text(context), to: &body)
      case .members: body += members(of: payload)
      case .payload(let form, let escape):
        switch form {
        case .whole, .list: body += escape == .xml ? withoutDeclaration(payload) : payload[...]
        case .text: escape.append(String(decoding: payload, as: UTF8.self), to: &body)
        case .base64: escape.append(Base64.encode(payload), to: &body)
        }
      }
    }
    return body
  }

  /// The members of a JSON object that are texts or numbers.
  private static func fields(of body: [UInt8]) -> [String: String] {
    guard let document = try? JSONDocument(parsing: body) else { return [:] }
    var fields: [String: String] = [:]
    for member in document.root.members { fields[String(member.name)] = member.value.string ?? member.value.numberText }
    return fields
  }

  /// What stands behind the opening brace of an object that others' members go before.
  private static func members(of object: [UInt8]) -> [UInt8] {
    guard let brace = object.firstIndex(of: UInt8(ascii: "{")) else {
      preconditionFailure("what is added to is an object: its schema was held to before it was stored")
    }
    let rest = object[(brace + 1)...].drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return (rest.first == UInt8(ascii: "}") ? [] : [UInt8(ascii: ",")]) + rest
  }

  /// An element can stand inside another document, a declaration cannot (XML 1.0 §2.8).
  private static func withoutDeclaration(_ document: [UInt8]) -> ArraySlice<UInt8> {
    guard document.starts(with: "<?xml ".utf8), let end = document.firstIndex(of: UInt8(ascii: ">")) else {
      return document[...]
    }
    return document[(end + 1)...].drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  /// Lays segments out; bytes that stand beside each other become one.
  private struct Layout {
    let values: [String: String]
    let secrets: [String: String]
    private var segments: [Segment] = []
    private var fixed: [UInt8] = []

    init(values: [String: String], secrets: [String: String]) {
      self.values = values
      self.secrets = secrets
    }

    private mutating func put(_ text: String) { fixed += text.utf8 }

    private mutating func close(with segment: Segment) {
      if !fixed.isEmpty { segments.append(.bytes(fixed)) }
      segments.append(segment)
      fixed = []
    }

    private mutating func put(_ template: TextTemplate, _ escape: EnvelopeEscape) {
      let text = ResolvedText(template, values: values, secrets: secrets)
      if let constant = text.constant {
        escape.append(constant, to: &fixed)
      } else {
        close(with: .text(text, escape))
      }
    }

    private mutating func put(_ value: PayloadEnvelope.Member.Value, _ escape: EnvelopeEscape) {
      switch value {
      case .text(let template): put(template, escape)
      case .payload(.list):
        put("[")
        close(with: .payload(.list, escape))
        put("]")
      case .payload(let form): close(with: .payload(form, escape))
      case .json(let value): put(value)
      case .checksum(let checksum):
        close(with: .checksum(ResolvedChecksum(checksum, values: values, secrets: secrets)))
      }
    }

    private mutating func put(_ value: JSONTemplate) {
      switch value {
      case .text(let template): put(template, .json)
      case .literal(let literal): put(literal)
      case .base64(let value):
        var inner = Layout(values: values, secrets: secrets)
        inner.put(value)
        close(with: .encoded(inner.finish()))
      case .list(let elements):
        put("[")
        for (index, element) in elements.enumerated() {
          if index > 0 { put(",") }
          put(element)
        }
        put("]")
      case .object(let members):
        put("{")
        for (index, member) in members.enumerated() {
          if index > 0 { put(",") }
          EnvelopeEscape.json.append(member.name, to: &fixed)
          put(":")
          put(member.value)
        }
        put("}")
      }
    }

    mutating func object(_ members: [PayloadEnvelope.Member]) {
      begin(members)
      put(members.isEmpty ? "{}" : "}")
    }

    private mutating func begin(_ members: [PayloadEnvelope.Member]) {
      for (index, member) in members.enumerated() {
        put(index == 0 ? "{" : ",")
        EnvelopeEscape.json.append(member.name, to: &fixed)
        put(":")
        put(member.value, .json)
      }
    }

    mutating func members(_ members: [PayloadEnvelope.Member]) {
      begin(members)
      close(with: .members)
    }

    mutating func list() { put(.payload(.list), .none) }

    mutating func form(_ members: [PayloadEnvelope.Member]) {
      for (index, member) in members.enumerated() {
        put((index == 0 ? "" : "&") + PercentEncoding.encode(member.name) + "=")
        put(member.value, .form)
      }
    }

    mutating func multipart(_ envelope: MultipartEnvelope) {
      func begin(_ name: String) {
        put("--")
        close(with: .boundary)
        put("\r\nContent-Disposition: form-data; name=\"")
        EnvelopeEscape.quoted.append(name, to: &fixed)
        put("\"")
      }
      for field in envelope.fields {
        begin(field.name)
        put("\r\n\r\n")
        put(field.value, .none)
        put("\r\n")
      }
      begin(envelope.name)
      put("; filename=\"")
      put(envelope.fileName, .quoted)
      put("\"\r\nContent-Type: \(envelope.contentType)\r\n\r\n")
      close(with: .payload(.whole, .none))
      put("\r\n--")
      close(with: .boundary)
      put("--\r\n")
    }

    mutating func soap(_ call: SOAPEnvelope) {
      let prefix = call.isQualified ? "" : "m:"
      put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"\(call.version.namespace)\">")
      put("<soap:Body><\(prefix)\(call.operation) xmlns\(call.isQualified ? "" : ":m")=\"")
      EnvelopeEscape.xml.append(call.namespace, to: &fixed)
      put("\">")
      for parameter in call.parameters {
        put("<\(parameter.name)>")
        put(parameter.value, .xml)
        put("</\(parameter.name)>")
      }
      put("</\(prefix)\(call.operation)></soap:Body></soap:Envelope>")
    }

    mutating func finish() -> [Segment] {
      if !fixed.isEmpty { segments.append(.bytes(fixed)) }
      return segments
    }
  }
}
