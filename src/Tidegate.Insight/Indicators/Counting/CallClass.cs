using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Calls that no indicator can tell apart before it looks at how they went.</summary>
internal readonly record struct CallClass(string Route, string Service, string Version, string Consumer, string Destination, string Provider)
{
    public static CallClass Of(CallRecord record) => new(
        record.Route, record.Service, record.Version, record.Consumer, record.Destination, record.Use?.Provider ?? "");

    /// <summary>Its value of a dimension; team and region come from the configuration.</summary>
    public string Value(GatewaySelector dimension, DimensionNames names) => dimension switch
    {
        GatewaySelector.Service => Service,
        GatewaySelector.Route => Route,
        GatewaySelector.Version => Version,
        GatewaySelector.Consumer => Consumer,
        GatewaySelector.Team => names.TeamOf(Consumer),
        // A call of a model has the name callers use for its service.
        GatewaySelector.Model => Provider.Length > 0 ? Service : "",
        GatewaySelector.Provider => Provider,
        GatewaySelector.Region => names.RegionOf(Service, Destination, Provider),
        _ => Destination,
    };
}
