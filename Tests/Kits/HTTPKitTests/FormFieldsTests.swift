import HTTPKit
import Testing

@Suite("Fields of a form")
struct FormFieldsTests {
  private func fields(_ text: String) -> FormFields { FormFields(parsing: Array(text.utf8)) }

  @Test("names and values are decoded: plus is a space, percent and two digits are a byte, of UTF-8")
  func decoding() {
    let form = fields("t%C3%AAn=H%E1%BB%93+s%c6%a1&a%2Bb=1%2B1")
    #expect(form["tên"] == "Hồ sơ")
    #expect(form["a+b"] == "1+1")
  }

  @Test("only the first equals sign divides; a field without one is empty, a field that is not there is nil")
  func division() {
    let form = fields("a=b=c&d&e=&&=f")
    #expect(form["a"] == "b=c" && form["d"] == "" && form["e"] == "" && form[""] == "f")
    #expect(form["b"] == nil && fields("")["a"] == nil)
  }

  @Test("of a repeated name the first counts, and the repetition is known")
  func repeated() {
    let form = fields("a=1&b=2&a=3")
    #expect(form["a"] == "1")
    #expect(form.isRepeated("a") && !form.isRepeated("b") && !form.isRepeated("c"))
  }

  @Test("a percent sign without two digits stands for itself", arguments: ["%", "%4", "%zz", "100%", "%%34"])
  func strayPercent(text: String) {
    #expect(fields("a=" + text)["a"] == (text == "%%34" ? "%4" : text))
  }
}
