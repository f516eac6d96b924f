namespace Tidegate.Insight.Notifications.Channels;

/// <summary>What is sent.</summary>
/// <param name="Id">Id of the message; the same when it is tried again.</param>
/// <param name="Source">This installation, as a URI reference.</param>
/// <param name="Time">When it was put in.</param>
/// <param name="Title">Subject.</param>
/// <param name="Body">Text, in lines.</param>
/// <param name="Notices">The alerts it is about, all of one group, none twice.</param>
internal sealed record ChannelMessage(string Id, string Source, DateTimeOffset Time, string Title, string Body, IReadOnlyList<AlertNotice> Notices)
{
    /// <summary>All of them have ended.</summary>
    public bool IsResolved => Notices.All(n => n.IsResolved);
}
