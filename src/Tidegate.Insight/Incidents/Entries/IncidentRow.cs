using System.Text.Json;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

namespace Tidegate.Insight.Incidents.Entries;

/// <summary>A row of <c>incidents</c>.</summary>
internal sealed class IncidentRow
{
    public required long Number { get; init; }

    public required string Title { get; init; }

    public required string Severity { get; set; }

    /// <summary>Names as a JSON list.</summary>
    public required string Services { get; set; }

    /// <inheritdoc cref="Services"/>
    public required string Objectives { get; set; }

    /// <inheritdoc cref="Services"/>
    public required string Alerts { get; set; }

    /// <summary>Words under which it was asked for, as a JSON list.</summary>
    public required string Keys { get; set; }

    public required DateTimeOffset ImpactStart { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    public DateTimeOffset? NotifiedAt { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string AcknowledgedBy { get; set; } = "";

    public DateTimeOffset? ClosedAt { get; set; }

    public string ClosedBy { get; set; } = "";

    public static string IdOf(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"inc_{number}");

    public static string Write(IEnumerable<string> names) => JsonSerializer.Serialize(names.Distinct(StringComparer.Ordinal));

    /// <summary>A name as it stands in a list: found in the text of one, it is one of its names, for quotes within names are escaped.</summary>
    public static string Quoted(string name) => JsonSerializer.Serialize(name);

    public static IReadOnlyList<string> Read(string names) => JsonSerializer.Deserialize<List<string>>(names) ?? [];

    public Incident ToIncident(IEnumerable<NoteRow> notes) => new()
    {
        Id = IdOf(Number),
        Title = Title,
        Severity = Enum.Parse<IncidentSeverity>(Severity),
        Services = Read(Services),
        Objectives = Read(Objectives),
        Alerts = Read(Alerts),
        ImpactStart = ImpactStart,
        OpenedAt = OpenedAt,
        OpenedBy = OpenedBy,
        NotifiedAt = NotifiedAt,
        AcknowledgedAt = AcknowledgedAt,
        AcknowledgedBy = AcknowledgedBy,
        ClosedAt = ClosedAt,
        ClosedBy = ClosedBy,
        Notes = [.. notes.Where(n => n.Incident == Number).OrderBy(n => n.Sequence).Select(n => new IncidentNote(n.At, n.Author, n.Text))],
    };
}
