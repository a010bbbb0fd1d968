package import Dictionaries
package import DocumentKit
package import XMLKit

/// One version of one mapping, ready to translate any number of documents on any number of threads.
///
/// Everything that can be wrong with a mapping is found when it is made. A document that breaks a rule is refused or
/// held as an outcome; nothing is ever left out in silence: what is cut or put in stands in the report.
package final class Mapping: Sendable {
  private enum Form: Sendable {
    case rows(CompiledRows, XMLNames)
    case stylesheet(StylesheetTranslation)
    case itself
  }

  /// What a message type says in place of a mapping whose documents are canonical as they are.
  package static let itselfName = "itself"

  /// `<source>--<target>`.
  package let name: String
  package let version: Int
  package let source: MappingDefinition.Source
  package let target: MappingDefinition.Target
  /// The table as written; nil for a stylesheet.
  package let definition: MappingDefinition?
  /// The second form; nil for a table.
  package let stylesheet: StylesheetMapping?
  private let form: Form
  private let limits: TranslationLimits

  /// Compiles a table; throws all its mistakes at once.
  package init(
    _ definition: MappingDefinition, codes: CodeTableRegistry, limits: TranslationLimits = .standard,
  ) throws(MappingErrors) {
    var compiler = MappingCompiler(definition, codes: codes)
    let rows = compiler.compile(definition)
    guard compiler.errors.isEmpty else { throw MappingErrors(compiler.errors) }
    name = definition.name
    version = definition.version
    source = definition.source
    target = definition.target
    self.definition = definition
    stylesheet = nil
    self.limits = limits
    form = .rows(rows, compiler.names)
  }

  /// Makes a mapping of a stylesheet, which has been compiled already.
  package init(_ stylesheet: StylesheetMapping, limits: TranslationLimits = .standard) {
    name = stylesheet.name
    version = stylesheet.version
    source = stylesheet.source
    target = stylesheet.target
    definition = nil
    self.stylesheet = stylesheet
    self.limits = limits
    form = .stylesheet(StylesheetTranslation(stylesheet, limits: limits))
  }

  /// The mapping of a tongue that is the canonical one: a document is its own translation.
  package init(itself schema: String) {
    let place = YAMLPosition(file: schema, line: 1, column: 1)
    name = Self.itselfName
    version = 1
    source = MappingDefinition.Source(schema: schema, format: .xml, namespaces: [:], position: place)
    target = MappingDefinition.Target(
      schema: schema, format: .xml, root: TargetName("dossier"), position: place)
    definition = nil
    stylesheet = nil
    limits = .standard
    form = .itself
  }

  /// Whether a result can come of it: whether a row of the table writes one. What a stylesheet or a canonical document can say is not known
  /// before it says it.
  package var writesResults: Bool {
    definition.map { $0.allRows.contains { row in row.target.elements.contains { $0.local == "result" } } } ?? true
  }

  /// The schemas of the documents inside strings that it reads or writes; a stylesheet has none.
  package var nestedSchemas: [NestedSchema] { definition?.nestedSchemas ?? [] }

  /// The rows that read or write files; a stylesheet has none.
  package var fileRows: [(form: FileForm, position: YAMLPosition)] {
    (definition?.allRows ?? []).compactMap { row in
      if case .file(let form) = row.conversion { (form, row.position) } else { nil }
    }
  }

  /// `name/version`, as reports and findings call it.
  package var label: String { "\(name)/\(version)" }

  /// Translates a document, or one element of it such as one entry of `data[]`.
  ///
  /// `files`: where rows with `file` keep and find files; without it such a row is an error.
  /// `dictionaries`: those of the site on the day of the message; without them codes are not checked, and the report
  /// says so.
  /// `notes`: how many cuts and defaults the report lists, if fewer than the limit; who reads none asks for none, for
  /// each costs a walk that finds its path.
  package func translate(
    _ tree: DocumentTree, at node: XMLNode? = nil, files: (any FileDesk)? = nil,
    dictionaries: DictionaryView? = nil, notes: Int = .max,
  ) throws(TranslationError) -> TranslationOutcome {
    var listener = SilentListener()
    return try translate(
      tree, at: node, files: files, dictionaries: dictionaries, notes: notes, listener: &listener)
  }

  /// Translates while `listener` hears every step; a stylesheet has no rows and so nothing to hear.
  package func translate<Listener: TranslationListener>(
    _ tree: DocumentTree, at node: XMLNode? = nil, files: (any FileDesk)? = nil,
    dictionaries: DictionaryView? = nil, notes: Int = .max, listener: inout Listener,
  ) throws(TranslationError) -> TranslationOutcome {
    guard tree.format == source.format else {
      throw TranslationError(
        .wrongFormat,
        "The mapping \(label) reads \(source.format.rawValue) and the document is \(tree.format.rawValue).")
    }
    switch form {
    case .rows(let rows, let names):
      return try run(rows, names, tree, at: node ?? tree.root, files, dictionaries, notes, &listener)
    case .stylesheet(let stylesheet): return try stylesheet.translate(tree, at: node, dictionaries: dictionaries)
    case .itself: return .translated(tree, TranslationReport(), .none)
    }
  }

  private func run<Listener: TranslationListener>(
    _ rows: CompiledRows, _ names: XMLNames, _ tree: DocumentTree, at context: XMLNode, _ files: (any FileDesk)?,
    _ dictionaries: DictionaryView?, _ notes: Int, _ listener: inout Listener,
  ) throws(TranslationError) -> TranslationOutcome {
    var limits = limits
    limits.reportNotes = min(limits.reportNotes, notes)
    let isJSON = target.format == .json
    var evaluation = Evaluation(
      of: tree, to: target.root, names: names, isJSON: isJSON, mappingLabel: label, limits: limits, files: files,
      dictionaries: dictionaries, listener: listener)
    do throws(TranslationError) {
      try evaluation.run(rows, at: context)
    } catch {
      listener = evaluation.listener
      throw error
    }
    listener = evaluation.listener
    return try evaluation.finish(isJSON: isJSON)
  }
}
