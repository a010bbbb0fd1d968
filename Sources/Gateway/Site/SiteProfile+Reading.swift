import Delivery
import DocumentKit
import DossierModel
import Reception
import ServiceKit
import Validation

extension SiteProfile {
  /// Versions of the profile format that this program reads.
  private static let formatVersions = 1...1

  /// - Parameter schemas: those of the catalogue, for messages that are recognised by the namespace of their schema.
  init(reading section: ConfigurationSection, schemas: SiteSchemas) {
    position = section.position
    let name = section.string("profile")
    self.name = name
    _ = section.integer("version", in: Self.formatVersions)
    title = section.string("title")
    var recognised: [String: String] = [:]
    var rules: [String: [CodeRule]] = [:]
    messages = section.namedSections("messages").map { key, message in
      let format: DocumentTree.Format = message.choice("format")
      let kind: MessageKind = message.choice("kind")
      let form = SiteMessageForm(reading: message, format: format, schemas: schemas)
      for root in form.roots {
        guard let other = recognised.updateValue(key, forKey: root) else { continue }
        message.note(
          Sentence(
            "‘\(other)’ is recognised by the same root, \(root)", "‘\(other)’ cũng được nhận biết bằng gốc \(root)"),
          key: message.node("root") == nil ? nil : "root",
          remedy: Sentence(
            "tell the two apart by root, or by recognise", "hãy phân biệt hai bản tin bằng root, hoặc bằng recognise"))
        break
      }
      rules["\(name)/\(key)"] = message.sections("dictionaries").compactMap { CodeRule(reading: $0) }
      return MessageType(
        name: "\(name)/\(key)", format: format, kind: kind, recognise: form.recognise,
        schema: form.schema, toCanonical: message.optionalString("toCanonical"),
        fromCanonical: message.optionalString("fromCanonical"), when: message.optionalString("when"),
        isPartial: message.boolean("partial", default: false),
        identity: message.optionalString("identity"))
    }
    codeRules = rules.filter { !$0.value.isEmpty }
    delivery = PartnerProfile(reading: section)
    var formats: [String: DocumentTree.Format] = [:]
    for type in messages where type.toCanonical != nil {
      formats[String(type.name.dropFirst(name.count + 1))] = type.format
    }
    callbacks = CallbackProfile(reading: section, profile: name, formats: formats)
  }
}
