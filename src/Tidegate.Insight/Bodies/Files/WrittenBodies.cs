using Tidegate.Core.Calls;

namespace Tidegate.Insight.Bodies.Files;

/// <summary>The bodies of a call as they are written down: masked and cut.</summary>
/// <param name="Id">Id of the call.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Consumer">Its consumer.</param>
/// <param name="Request">The request.</param>
/// <param name="Answer">The answer.</param>
internal sealed record WrittenBodies(Guid Id, DateTimeOffset StartedAt, string Consumer, KeptBody Request, KeptBody Answer)
{
    /// <summary>Masks and cuts: this is the work.</summary>
    public static WrittenBodies Of(CallBodies bodies) => new(bodies.Id, bodies.StartedAt, bodies.Consumer, bodies.Request(), bodies.Answer());
}
