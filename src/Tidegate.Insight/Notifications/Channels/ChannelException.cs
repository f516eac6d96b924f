namespace Tidegate.Insight.Notifications.Channels;

/// <summary>A message was not taken.</summary>
internal sealed class ChannelException(string message, bool isFinal = false) : Exception(message)
{
    /// <summary>To try again is of no use: the receiver said that the message or the credential is wrong.</summary>
    public bool IsFinal { get; } = isFinal;
}
