import DossierModel

/// What has to be known of a delivery to move it: its row, its message's row, its stream and where it stands.
struct DeliveryRow {
  let id: DeliveryID
  let message: Int64
  let stream: DeliveryStream
  let state: DeliveryState
  /// Of the claim it is under, or was last.
  var epoch: Int64 = 0
  var attempts: Int64 = 0
}
