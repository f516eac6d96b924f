using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>The service of an SLO exists: one that traffic goes to, or one that OpenSLO groups by.</summary>
internal sealed class SloServiceRule : ResourceRule<SloConfig>
{
    /// <summary>Code of the finding: OpenSLO leaves open whether the service is an object, so lenient reading forgives it.</summary>
    public const string UnknownService = "unknown_service";

    public override void Check(SloConfig spec, ResourceScope scope)
    {
        if (!scope.DocumentIsComplete || scope.Document.Find($"Service/{spec.Service}") is not null || scope.Document.Find($"openslo.Service/{spec.Service}") is not null) return;
        var hint = Suggestion.For(spec.Service, scope.Document.Resources.Where(r => r.Kind == "Service").Select(r => r.Metadata.Name));
        scope.Error(UnknownService, "spec.service", $"There is no Service \"{Reading.Echo.Of(spec.Service)}\", neither of Tidegate nor of OpenSLO.{hint} Add one (apiVersion: openslo/v1, kind: Service), or correct the name.");
    }
}
