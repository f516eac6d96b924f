using System.Globalization;
using Tidegate.Insight.Incidents;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Incidents of the service that are open.</summary>
internal sealed class IncidentCheck(IncidentStore incidents) : IGateCheck
{
    private const int Most = 100;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel) =>
        [.. (await incidents.ListAsync(all: false, question.Request.Service, null, Most, cancel)).Select(i => new GateReason("incident", question.Effect, i.Id, string.Create(CultureInfo.InvariantCulture,
            $"{i.Id} ({Words.Of(i.Severity)}) is open since {i.OpenedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {i.Title.TrimEnd('.')}.")))];
}
