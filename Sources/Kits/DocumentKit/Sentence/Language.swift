/// A language in which users are told what is wrong; the raw values are those of `--language` and of the members in JSON.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case vietnamese = "vi"
}
