using System.Globalization;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Freezes of the service that hold.</summary>
internal sealed class FreezeCheck(Freezes freezes) : IGateCheck
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel) =>
        [.. (await freezes.ListAsync(question.Request.Service, all: false, cancel)).Select(f => new GateReason("freeze", Effect(f.Exceptions, question.Request.Priority), f.Id, Text(f)))];

    /// <summary>Whether a freeze lets a priority through.</summary>
    public static GateEffect Effect(IReadOnlyList<FreezeException> exceptions, ReleasePriority priority) => priority switch
    {
        ReleasePriority.P0 when exceptions.Contains(FreezeException.P0) => GateEffect.Waived,
        ReleasePriority.Security when exceptions.Contains(FreezeException.Security) => GateEffect.Waived,
        _ => GateEffect.Deny,
    };

    /// <summary>What a freeze lets through, in words.</summary>
    public static string Exceptions(IReadOnlyList<FreezeException> exceptions) =>
        exceptions.Count == 0 ? "nothing may be released" : $"only {string.Join(" and ", exceptions.Select(Words.Of))} may be released";

    private static string Text(Freeze freeze) => string.Create(CultureInfo.InvariantCulture,
        $"{freeze.Service} is frozen since {freeze.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}{(freeze.Until is { } end ? $" until {end.UtcDateTime:yyyy-MM-dd HH:mm'Z'}" : "")} by {freeze.Author}: {freeze.Reason}{(freeze.Evidence.Length > 0 ? $" ({freeze.Evidence})" : "")}; {Exceptions(freeze.Exceptions)}.");
}
