using System.Globalization;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Outbox;

/// <summary>Whether people are told.</summary>
internal sealed class OutboxHealth : IModuleHealth
{
    private volatile int _dead;

    public int Dead { get => _dead; set => _dead = value; }

    public string Module => NotificationsModule.Word;

    public IReadOnlyList<string> Problems =>
        _dead == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_dead} notifications were given up. 'tidegate notifications list --state dead' shows them, 'tidegate notifications retry ID' sends one again.")];
}
