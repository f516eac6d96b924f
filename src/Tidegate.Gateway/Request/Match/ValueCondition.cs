using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>A condition on a header or query parameter: it holds when one of the values passes the test, or none does for <c>not</c>.</summary>
internal sealed class ValueCondition(ValueMatchConfig config)
{
    private readonly string _name = config.Name;
    private readonly bool _not = config.Not;
    private readonly ValueTest _test = ValueTest.Of(config);

    /// <summary>Judges a request's headers.</summary>
    public bool HoldsIn(IHeaderDictionary headers)
    {
        var values = headers[_name];
        for (var i = 0; i < values.Count; i++)
            if (_test.Holds(values[i])) return !_not;
        return _not;
    }

    /// <summary>Judges a query.</summary>
    public bool HoldsIn(string query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
            if (pair.DecodeName().Span.SequenceEqual(_name) && _test.Holds(pair.DecodeValue().Span)) return !_not;
        return _not;
    }
}
