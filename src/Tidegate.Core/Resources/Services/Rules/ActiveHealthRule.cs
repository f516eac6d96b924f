using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>A probe can succeed.</summary>
internal sealed class ActiveHealthRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (spec.Health.Active is not { } active) return;
        if (active.Type == ProbeType.Http && !active.Path.StartsWith('/'))
            scope.Error("bad_path", "spec.health.active.path", $"\"{active.Path}\" must begin with a slash.");
        if (active.Type != ProbeType.Grpc && active.GrpcService.Length > 0)
            scope.Warning("unused_key", "spec.health.active.grpcService", "It is not used: the type is not grpc.");
        if (active.Type != ProbeType.Http && active.ExpectedStatus.Count > 0)
            scope.Warning("unused_key", "spec.health.active.expectedStatus", "It is not used: the type is not http.");
        for (int i = 0; i < active.ExpectedStatus.Count; i++)
        {
            if (active.ExpectedStatus[i] is < 200 or > 599)
                scope.Error("out_of_range", $"spec.health.active.expectedStatus[{i}]", $"{active.ExpectedStatus[i]} is no final status: expected 200 to 599.");
        }
    }
}
