using System.Globalization;
using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Outbox;

/// <summary>A row of <c>notifications_outbox</c>: one alert for one target.</summary>
internal sealed class OutboxRow
{
    public const string Pending = "pending", Sent = "sent", Dead = "dead", Suppressed = "suppressed";

    /// <summary>Made of the alert, what is told and the target: put in twice, it is there once.</summary>
    public required string Id { get; init; }

    public required string Target { get; init; }

    public required string Alert { get; init; }

    /// <summary><c>fired</c>, <c>repeat</c>, <c>resolved</c> or <c>test</c>.</summary>
    public required string Kind { get; init; }

    public required string State { get; set; }

    public string Reason { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>Alerts of one target with the same go in one message.</summary>
    public required string GroupKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset NextAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The notice, as JSON.</summary>
    public required string Notice { get; set; }

    public AlertNotice ToNotice() => JsonSerializer.Deserialize<AlertNotice>(Notice, ApiJson.Options)!;

    public Notification ToNotification() => new(Id, Target, Alert, Kind, State, WhyNow, Attempts, CreatedAt, State == Pending ? NextAt : null, SentAt, ToNotice().Title);

    // Nothing is wrong with what waits for its group, but who waits for it must be able to see that.
    private string WhyNow => State == Pending && Reason.Length == 0 && NextAt > CreatedAt
        ? string.Create(CultureInfo.InvariantCulture, $"it waits until {NextAt.UtcDateTime:HH:mm:ss}Z for others of its group ({(GroupKey.Length == 0 ? "all alerts" : GroupKey)}): group.wait and group.interval of the target")
        : Reason;

    public static string Write(AlertNotice notice) => JsonSerializer.Serialize(notice, ApiJson.Options);
}
