import DocumentKit

/// What the sections of one file share while it is read: the errors so far and which keys were asked for.
final class ConfigurationNotes {
  /// The folder of the file; relative paths begin there.
  let folder: String
  private var errors: [ConfigurationError] = []
  private var sections: [SectionNote] = []

  private struct SectionNote {
    let mapping: YAMLMapping
    let path: String
    var known: Set<String> = []
    /// Whether any key goes, because the keys are names given by the user.
    var isOpen = false
  }

  init(folder: String) { self.folder = folder }

  func note(_ error: ConfigurationError) {
    if errors.count < ConfigurationReader.errorsLimit { errors.append(error) }
  }

  /// Registers a section; the number refers to it from then on.
  func enter(_ mapping: YAMLMapping, path: String) -> Int {
    // The same mapping may be read by two parts of the program; what either has read is known.
    if let place = sections.firstIndex(where: { $0.path == path && $0.mapping.position == mapping.position }) {
      return place
    }
    sections.append(SectionNote(mapping: mapping, path: path))
    return sections.count - 1
  }

  func ask(_ key: String, in section: Int) { sections[section].known.insert(key) }
  func open(_ section: Int) { sections[section].isOpen = true }

  /// By the path of each section that is there, the keys that were asked for.
  var asked: [String: Set<String>] {
    Dictionary(sections.map { ($0.path, $0.known) }, uniquingKeysWith: { $0.union($1) })
  }

  /// All errors, with those about keys that nobody has read.
  func finished() -> [ConfigurationError] {
    for section in sections where !section.isOpen {
      for member in section.mapping.members where !section.known.contains(member.key) {
        let error = YAMLMapping.unknownKey(member, known: section.known.sorted())
        let path = section.path.isEmpty ? member.key : "\(section.path).\(member.key)"
        note(
          ConfigurationError(
            .unknownKey, at: error.position, path: path, Sentence("this key is not known", "không có khóa này"),
            remedy: error.remedy))
      }
    }
    sections.removeAll()
    return errors
  }
}
