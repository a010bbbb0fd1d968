import JSONKit

/// The wrapping of a payload for one party: everything that never changes is laid out once.
struct ResolvedEnvelope: Sendable {
  private enum Segment: Sendable {
    case bytes([UInt8])
    /// Written as a JSON string.
    case text(ResolvedText)
    case payload
  }

  /// nil: the payload is the body.
  private let segments: [Segment]?

  init(_ envelope: PayloadEnvelope, values: [String: String], secrets: [String: String]) {
    guard case .wrap(let members) = envelope else {
      segments = nil
      return
    }
    var segments: [Segment] = []
    var fixed: [UInt8] = [UInt8(ascii: "{")]
    func close(with segment: Segment) {
      segments.append(.bytes(fixed))
      segments.append(segment)
      fixed = []
    }
    for (index, member) in members.enumerated() {
      if index > 0 { fixed.append(UInt8(ascii: ",")) }
      fixed += Self.quoted(member.name)
      fixed.append(UInt8(ascii: ":"))
      switch member.value {
      case .text(let template):
        let text = ResolvedText(template, values: values, secrets: secrets)
        if let constant = text.constant { fixed += Self.quoted(constant) } else { close(with: .text(text)) }
      case .payload:
        close(with: .payload)
      case .payloadList:
        fixed.append(UInt8(ascii: "["))
        close(with: .payload)
        fixed.append(UInt8(ascii: "]"))
      }
    }
    fixed.append(UInt8(ascii: "}"))
    segments.append(.bytes(fixed))
    self.segments = segments
  }

  /// A JSON object of texts, without a payload.
  init(_ members: [NamedTemplate], values: [String: String], secrets: [String: String]) {
    self.init(.wrap(members.map { .init(name: $0.name, value: .text($0.value)) }), values: values, secrets: secrets)
  }

  func body(payload: [UInt8], _ context: RequestContext) -> [UInt8] {
    guard let segments else { return payload }
    var body: [UInt8] = []
    body.reserveCapacity(payload.count + 512)
    for segment in segments {
      switch segment {
      case .bytes(let bytes): body += bytes
      case .text(let text): body += Self.quoted(text.text(context))
      case .payload: body += payload
      }
    }
    return body
  }

  static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.finish()
  }
}
