using System.Globalization;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Freeze calendars that hold for the service now, each on its own clock.</summary>
internal sealed class CalendarCheck : IGateCheck
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel)
    {
        var found = new List<GateReason>();
        foreach (var calendar in question.Document.OfKind<FreezeCalendarConfig>().Where(c => c.Spec.Services.Count == 0 || c.Spec.Services.Contains(question.Request.Service, StringComparer.Ordinal)))
        {
            var now = calendar.Spec.Windows.SelectMany(w => Periods.Between(w, question.Now, question.Now.AddTicks(1)).Select(p => (p.From, p.Until, w.Zone))).OrderByDescending(p => p.Until).ToList();
            if (now.Count > 0) found.Add(new("calendar", FreezeCheck.Effect(calendar.Spec.Exceptions, question.Request.Priority), calendar.Id, Text(calendar, now[0].From, now[0].Until, now[0].Zone)));
        }

        return Task.FromResult<IReadOnlyList<GateReason>>(found);
    }

    private static string Text(Resource<FreezeCalendarConfig> calendar, DateTimeOffset from, DateTimeOffset until, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        string On(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{calendar.Id} freezes from {On(from)} until {On(until)} ({zone}): {calendar.Spec.Reason}; {FreezeCheck.Exceptions(calendar.Spec.Exceptions)}.";
    }
}
