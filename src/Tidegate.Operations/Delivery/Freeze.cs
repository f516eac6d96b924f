using Tidegate.Core.Resources.Objectives.FreezeCalendars;

namespace Tidegate.Operations.Delivery;

/// <summary>A service that is not to be released to, from one moment until it is ended.</summary>
/// <param name="Id">Public id, <c>f_...</c>.</param>
/// <param name="Service">The service.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who, or which module.</param>
/// <param name="Evidence">What it was decided on, for example an objective and what is left of its budget; may be empty.</param>
/// <param name="StartedAt">From when it holds.</param>
/// <param name="Until">When it ends by itself; null when it does not.</param>
/// <param name="Exceptions">What may be released all the same.</param>
/// <param name="EndedAt">When it was ended early; null when it was not.</param>
/// <param name="EndedBy">Who ended it; empty when nobody did.</param>
public sealed record Freeze(
    string Id, string Service, string Reason, string Author, string Evidence, DateTimeOffset StartedAt, DateTimeOffset? Until, IReadOnlyList<FreezeException> Exceptions,
    DateTimeOffset? EndedAt, string EndedBy)
{
    /// <summary>True while it holds.</summary>
    public bool IsOpen(DateTimeOffset now) => EndedAt is null && (Until is not { } end || now < end);
}
