namespace Tidegate.Core.Resources.Diff;

/// <summary>An object that differs between two documents.</summary>
/// <param name="Id">Id of the object: <c>Route/orders</c>.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Keys">The keys that differ; for added and removed objects those that are not at their default.</param>
public sealed record ObjectChange(string Id, ChangeKind Kind, IReadOnlyList<KeyChange> Keys);
