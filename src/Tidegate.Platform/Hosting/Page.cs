namespace Tidegate.Platform.Hosting;

/// <summary>One page of a list: the answer of every listing endpoint.</summary>
/// <param name="Items">In the order the endpoint documents.</param>
/// <param name="Next">Pass it as <c>?cursor=</c> for the following page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
