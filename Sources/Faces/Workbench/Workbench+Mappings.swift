package import Translation

extension Workbench {
  /// The mapping that `NAME` or `NAME/VERSION` names; without a version the latest.
  package func mapping(_ name: String) throws(WorkbenchError) -> Mapping {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 1, let mapping = registry.latest(named: name) { return mapping }
    if parts.count == 2, let version = Int(parts[1]), let mapping = registry[parts[0], version] { return mapping }
    guard registry.names.contains(parts[0]) else {
      let hint = registry.nearest(to: parts[0]).map { "; did you mean ‘\($0)’?" } ?? ""
      throw WorkbenchError(.unknownMapping, "there is no mapping ‘\(parts[0])’ in \(mappingsFolder)\(hint)")
    }
    let versions = registry.mappings.filter { $0.name == parts[0] }.map { String($0.version) }
    let asked = parts.dropFirst().joined(separator: "/")
    throw WorkbenchError(
      .unknownMapping,
      "the mapping ‘\(parts[0])’ has the version(s) \(versions.joined(separator: ", ")) and not ‘\(asked)’")
  }

  /// The mapping of this name, or for `all` every version of every mapping.
  package func mappings(_ name: String) throws(WorkbenchError) -> [Mapping] {
    name == "all" ? registry.mappings : [try mapping(name)]
  }
}

extension Mapping {
  /// The rows of a mapping that is no stylesheet.
  func table() throws(WorkbenchError) -> MappingDefinition {
    guard let definition else {
      throw WorkbenchError(
        .mapping, "\(label) is a stylesheet and has no rows; only mappings of rows can be asked this")
    }
    return definition
  }
}
