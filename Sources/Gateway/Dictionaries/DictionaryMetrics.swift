import Dictionaries
import ServiceKit

/// What fetching dictionaries measures, by dictionary.
struct DictionaryMetrics: Sendable {
  private let fetches: MetricFamily<Counter>
  private let checked: MetricFamily<Gauge>
  private let editions: MetricFamily<Gauge>
  private let codes: MetricFamily<Gauge>

  init(_ metrics: Metrics) {
    fetches = metrics.counters(
      "lienthong_dictionary_fetches_total", "Fetches of dictionaries, by dictionary and how they ended.",
      labels: ["dictionary", "outcome"])
    checked = metrics.gauges(
      "lienthong_dictionary_last_success_timestamp_seconds", "When a good list was last fetched.",
      labels: ["dictionary"])
    editions = metrics.gauges(
      "lienthong_dictionary_edition", "Number of the edition in use.", labels: ["dictionary"])
    codes = metrics.gauges(
      "lienthong_dictionary_valid_codes", "Codes of the edition in use that held on the day it came into use.",
      labels: ["dictionary"])
  }

  func count(_ outcome: String, of name: DictionaryName) { fetches.labelled(name.description, outcome).increment() }

  func show(_ standing: FetchStanding, of name: DictionaryName) {
    if let moment = standing.checked { checked.labelled(name.description).set(Int(moment.seconds)) }
  }

  func show(_ edition: DictionaryEdition, at now: Timestamp) {
    editions.labelled(edition.dictionary.description).set(edition.number)
    codes.labelled(edition.dictionary.description).set(edition.count(on: CivilDay(now, offset: .vietnam)))
  }
}
