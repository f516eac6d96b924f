namespace Tidegate.Insight.Bodies;

/// <summary>The bodies of a call as the API shows them.</summary>
/// <param name="Id">Id of the call.</param>
/// <param name="StartedAt">When it began. UTC.</param>
/// <param name="Consumer">Name of the consumer; empty for an anonymous caller.</param>
/// <param name="Request">What providers were sent, in the caller's words.</param>
/// <param name="Answer">What the caller was sent.</param>
public sealed record CallBodiesEntry(string Id, DateTimeOffset StartedAt, string Consumer, BodyEntry Request, BodyEntry Answer);
