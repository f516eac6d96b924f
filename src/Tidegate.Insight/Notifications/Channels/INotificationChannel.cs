using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>A way to send messages, found by the type of its settings. A new one is a file beside the others and a registration.</summary>
internal interface INotificationChannel
{
    /// <summary>Type of its settings.</summary>
    Type Settings { get; }

    /// <summary>Sends a message about alerts of one group. May be called again with the same: receivers that can tell by an id are given one.</summary>
    /// <exception cref="ChannelException">It was not taken; the message never holds a secret.</exception>
    Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel);
}
