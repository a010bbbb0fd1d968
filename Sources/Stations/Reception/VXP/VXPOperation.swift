import HTTPKit

/// The operations of the VXP wire (domain page §3.5.1), by the last segment of their address.
enum VXPOperation: String, CaseIterable {
  case sendEdoc
  case getReceivedEdocList
  case getSentEdocList
  case getEdoc
  case downloadEdoc
  case countReceiveEdoc
  case countReceiveStatus
  case updateStatus
  case getAgenciesList
  case getSynchronizeUnit
  case getAgenciesListQD20
  case registerAgency
  case deleteAgency

  /// As it is on the wire, which is not always what the client calls it in its code.
  var method: HTTPMethod { self == .downloadEdoc ? .get : .post }
}
