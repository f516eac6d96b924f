using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>events</c>: counts that are pushed in.</summary>
internal sealed class EventsSource : MetricSourceType<EventsIndicatorConfig>
{
    public override string Word => "events";

    protected override void Check(EventsIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (!MetadataRule.IsName(spec.Name))
            scope.Error("bad_name", path + ".name", $"\"{Reading.Echo.Of(spec.Name)}\" is no legal name: use lower-case letters, digits, '-', '_' and '.', beginning with a letter or digit.");
    }
}
