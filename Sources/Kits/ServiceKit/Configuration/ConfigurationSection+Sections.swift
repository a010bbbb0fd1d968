import DocumentKit

// Lists and sections inside a section.

extension ConfigurationSection {
  /// A list of texts; empty when the key is missing and not required.
  package func strings(_ key: String, default defaultValue: [String]? = nil) -> [String] {
    read(key, default: defaultValue, standIn: []) { (node) throws(ConfigurationFault) in
      try Self.converting { () throws(YAMLError) in try node.readStrings() }
    }
  }

  /// A list of paths; one that is not absolute begins at the folder of the configuration file. Nothing is looked up.
  package func paths(_ key: String, default defaultValue: [String]? = nil) -> [String] {
    strings(key, default: defaultValue).map { FilePath.resolve($0, in: notes.folder) }
  }

  /// A section that may be missing: its keys then have their defaults, and `isPresent` is false.
  package func section(_ key: String) -> ConfigurationSection {
    guard let node = node(key) else {
      return ConfigurationSection(absentAt: position, path: pathOf(key), notes: notes)
    }
    return ConfigurationSection(node, path: pathOf(key), notes: notes)
  }

  /// A section that must be there.
  package func requiredSection(_ key: String) -> ConfigurationSection {
    if node(key) == nil { noteMissing(key) }
    return section(key)
  }

  /// A list of sections; empty when the key is missing.
  package func sections(_ key: String) -> [ConfigurationSection] {
    guard let node = node(key) else { return [] }
    do throws(YAMLError) {
      return try node.readSequence().enumerated().map { number, element in
        ConfigurationSection(element, path: "\(pathOf(key))[\(number + 1)]", notes: notes)
      }
    } catch {
      note(.wrongType, key, at: error.position, error.message, remedy: error.remedy)
      return []
    }
  }

  /// Sections under names given by the user, in the order of the file; empty when the key is missing.
  package func namedSections(_ key: String) -> [(name: String, section: ConfigurationSection)] {
    let all = section(key)
    all.allowAnyKey()
    return all.mapping?.members.map { member in
      (member.key, ConfigurationSection(member.value, path: all.pathOf(member.key), notes: notes))
    } ?? []
  }
}
