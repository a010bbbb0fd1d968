import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import Gateway
import JSONKit
import Reception
import Workbench

/// A profile for machines; see the manual of `partner describe`.
enum PartnerDescriptionJSON {
  static func print(_ profile: SiteProfile) {
    Terminal.printJSONObject { writer in
      writer.member("profile", profile.name)
      writer.member("title", profile.title)
      writer.member("messages", profile.messages) { message, writer in
        writer.member("name", message.name)
        writer.member("kind", message.kind.rawValue)
        writer.member("format", message.format.rawValue)
        writer.member("schema", message.schema)
        writer.member("recognise", message.recognise)
        writer.member("toCanonical", message.toCanonical)
        writer.member("fromCanonical", message.fromCanonical)
        writer.member("partial", message.isPartial)
      }
      if let callbacks = profile.callbacks {
        writer.member("callbackKey", PartnerDescription.words(for: callbacks.key))
        writer.member("callbacks", callbacks.messages) { callback, writer in
          writer.member("message", callback.type)
          writer.member("path", PartnerDescription.address(of: callback.path, of: profile.name))
        }
        writer.member("questions", callbacks.questions) { question, writer in
          writer.member("name", question.path)
          writer.member("title", question.title)
          writer.member("message", question.message)
          writer.member("path", PartnerDescription.address(of: question.path, of: profile.name))
        }
      }
      if let lists = profile.callbacks?.lists, !lists.isEmpty {
        writer.member("lists", lists) { list, writer in
          writer.member("name", list.path)
          writer.member("title", list.title)
          writer.member("schema", list.schema)
          writer.member("path", PartnerDescription.address(of: list.path, of: profile.name))
        }
      }
      guard let delivery = profile.delivery else { return }
      writer.member("authentication", PartnerDescription.words(for: delivery.authentication))
      writer.member("secrets", delivery.secretNames.sorted())
      writer.member("values", delivery.valueNames.sorted()) { name, writer in
        writer.member("name", name)
        writer.member("default", delivery.defaults[name])
      }
      writer.member("operations", delivery.operations) { operation, writer in
        writer.member("message", operation.message)
        writer.member("method", operation.method)
        writer.member("path", operation.variants.first?.path.text)
        writer.member("contentType", operation.contentType)
        writer.member("variants", operation.variants.map(\.name).filter { !$0.isEmpty })
        writer.member("canAsk", operation.question != nil)
      }
      writer.member("polls", delivery.polls) { poll, writer in
        writer.member("name", poll.name)
        writer.member("every", "\(poll.every)")
        writer.member("method", poll.list.method)
        writer.member("path", poll.list.path.text)
        writer.member("asks", PartnerDescription.words(for: poll.progress))
        writer.member("message", poll.message)
        guard let folder = poll.folder else { return }
        writer.name("folder")
        writer.beginObject()
        writer.member("path", folder.path.text)
        writer.member("names", folder.names.map(\.text))
        writer.member("ready", PartnerDescription.words(for: folder.readiness))
        writer.member("taken", folder.taken?.text ?? "removed")
        writer.member("refused", folder.refused.text)
        writer.endObject()
      }
      writer.member("dictionaries", delivery.dictionaries) { dictionary, writer in
        writer.member("name", dictionary.name.description)
        writer.member("title", dictionary.title)
        writer.member("method", dictionary.list.method)
        writer.member("path", dictionary.list.path.text)
        writer.member("vanishing", dictionary.vanishing)
      }
      writer.member("lookups", delivery.lookups) { lookup, writer in
        writer.member("name", lookup.name)
        writer.member("title", lookup.title)
        writer.member("method", lookup.method)
        writer.member("path", lookup.path.text)
        writer.member("schema", lookup.schema)
        writer.member("toCanonical", lookup.toCanonical)
        writer.member("parameters", lookup.parameters) { parameter, writer in
          writer.member("name", parameter.name)
          writer.member("pattern", parameter.pattern.source)
          writer.member("optional", parameter.isOptional)
        }
      }
      writer.member("answers", delivery.answers.rules) { rule, writer in
        writer.member("outcome", PartnerDescription.words(for: rule.outcome))
        writer.member("condition", PartnerDescription.condition(of: rule))
      }
      writer.member("otherwise", delivery.answers.otherwise.rawValue)
      writer.member("upload", delivery.upload.map { "\($0.method) \($0.path.text)" })
    }
  }
}
