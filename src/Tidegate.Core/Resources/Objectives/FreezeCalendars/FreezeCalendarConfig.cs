using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.FreezeCalendars;

/// <summary>Kind <c>FreezeCalendar</c>: times at which nothing is released.</summary>
public sealed record FreezeCalendarConfig
{
    /// <summary>When.</summary>
    [MinLength(1)]
    public required IReadOnlyList<PeriodConfig> Windows { get; init; }

    /// <summary>Services it holds for. Empty (default): all.</summary>
    [Reference("Service", "openslo.Service")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>What may be released all the same. Default: <c>p0</c> and <c>security</c>.</summary>
    public IReadOnlyList<FreezeException> Exceptions { get; init; } = [FreezeException.P0, FreezeException.Security];
}
