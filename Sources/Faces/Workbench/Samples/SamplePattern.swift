/// A regular expression of a schema as something to make texts from.
///
/// XSD patterns and the part of ECMA-262 that schemas use: characters, escapes, classes, groups, alternatives,
/// quantifiers, `^` and `$`. Look-around, back references and subtraction of classes are refused by name; a schema with
/// such a pattern gives `examples` or an enumeration.
struct SamplePattern: Sendable {
  enum Dialect: Sendable {
    /// XML Schema part 2, appendix F: matches the whole text; `^` and `$` are characters.
    case xsd
    /// ECMA-262: matches somewhere in the text.
    case ecma
  }

  indirect enum Node: Sendable {
    case characters(SampleCharacters)
    case sequence([Node])
    case alternatives([Node])
    case repeated(Node, minimum: Int, maximum: Int?)
    case start
    case end
  }

  let root: Node
  let dialect: Dialect

  init(_ source: String, _ dialect: Dialect) throws(SampleError) {
    var parser = SamplePatternParser(source, dialect)
    root = try parser.parse()
    self.dialect = dialect
  }
}
