package import XMLKit

/// The functions every expression of the gateway may call, under the prefix `lt`: what XPath 1.0 and EXSLT lack and
/// Vietnamese documents need.
///
/// | call                      | answer                                                         |
/// |---------------------------|----------------------------------------------------------------|
/// | `lt:lower(text)`          | the text in small letters, `Đ` and `Ế` included                |
/// | `lt:upper(text)`          | the text in capitals                                           |
/// | `lt:ends-with(text, end)` | whether the text ends with `end`                               |
package enum DocumentFunctions {
  package static let all: [XPathFunction] = [
    XPathFunction("lower", arity: 1...1) { arguments in .string(arguments[0].string.lowercased()) },
    XPathFunction("upper", arity: 1...1) { arguments in .string(arguments[0].string.uppercased()) },
    XPathFunction("ends-with", arity: 2...2) { arguments in
      let (text, end) = (arguments[0].string.utf8, arguments[1].string.utf8)
      return .boolean(text.suffix(end.count).elementsEqual(end))
    },
  ]

  package static let library = XPathFunctionLibrary(all)
}
