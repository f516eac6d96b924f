using System.Text.RegularExpressions;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Admit.Limits;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Request.Stale;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Builds one route. Documents were validated before; whatever still does not fit is a finding, never an exception.</summary>
internal sealed class RouteBuilder(SecretResolver secrets, TokenRuleSet tokens, LimitRules limits, CallMetrics metrics, TimeProvider time)
{
    private readonly Dictionary<IdentifyConfig, IdentifyModel> _identify = [];

    /// <summary>The route, or null with findings.</summary>
    public RouteModel? Build(Resource<RouteConfig> resource, IReadOnlyDictionary<string, ServiceModel> services, RouteModel? previous, FindingList findings)
    {
        var config = resource.Spec;
        if (!PathTemplate.TryParse(config.Match.Path, out var template, out var error))
        {
            findings.Error(resource, "bad_path", "spec.match.path", error);
            return null;
        }

        CheckExpressions(resource, config.Match.Headers, "spec.match.headers", findings);
        CheckExpressions(resource, config.Match.Query, "spec.match.query", findings);
        string[] parameters = [.. template.Parameters];
        var branches = Branches(resource, services, findings);
        var answer = Answer(resource, parameters, findings);
        if (branches.Length == 0 && answer is null && config.Models is null && !findings.HasErrors)
            findings.Error(resource, "no_target", "spec", "The route leads nowhere: give it one of service, split, redirect, respond or models.");

        return new RouteModel(resource.Metadata.Name, config, branches)
        {
            Limits = limits.Build(config.Limits, config.Concurrency, previous?.Limits),
            Counters = metrics.For(resource.Metadata.Name, ""),
            Identify = Identify(resource, findings),
            Rewrite = Rewrite(resource, parameters, findings),
            Cors = config.Cors is { } cors ? new CorsModel(cors, config.Match.Methods) : null,
            Answer = answer,
            Stale = config.Stale is { } stale ? StaleModel.Of(stale, previous?.Stale, time) : null,
        };
    }

    // Routes that know their callers alike share the rules: what all calls read should be one place in memory, not one for each route.
    private IdentifyModel Identify(Resource<RouteConfig> resource, FindingList findings)
    {
        var config = resource.Spec.Identify;
        var rules = tokens.Of(resource, findings);
        if (rules.Length > 0) return new IdentifyModel(config, rules);
        if (!_identify.TryGetValue(config, out var shared)) _identify[config] = shared = new IdentifyModel(config, []);
        return shared;
    }

    private RouteBranch[] Branches(Resource<RouteConfig> resource, IReadOnlyDictionary<string, ServiceModel> services, FindingList findings)
    {
        var config = resource.Spec;
        var branches = new List<RouteBranch>();
        if (config.Service is { } single) Add(single, config.Version, 1, "spec.service");
        for (var i = 0; i < config.Split.Count; i++)
        {
            var split = config.Split[i];
            if (split.Weight > 0) Add(split.Service, split.Version ?? config.Version, split.Weight, $"spec.split[{i}].service");
        }

        if (config.Split.Count > 0 && branches.Count == 0)
            findings.Error(resource, "no_weight", "spec.split", "All weights are 0: give at least one branch a weight.");
        return [.. branches];

        void Add(string name, string? version, int weight, string path)
        {
            if (services.TryGetValue(name, out var service))
                branches.Add(new RouteBranch(service, version ?? "", (branches.Count == 0 ? 0 : branches[^1].CumulativeWeight) + weight, metrics.For(resource.Metadata.Name, name)));
            else
                findings.Error(resource, "unknown_reference", path, $"There is no Service/{name}.");
        }
    }

    private static RouteAnswer? Answer(Resource<RouteConfig> resource, string[] parameters, FindingList findings)
    {
        if (resource.Spec.Respond is { } respond) return new FixedAnswer(respond);
        if (resource.Spec.Redirect is not { } redirect) return null;
        return new RedirectAnswer(redirect, Pattern(resource, redirect.Path, parameters, "spec.redirect.path", findings));
    }

    private RewriteModel Rewrite(Resource<RouteConfig> resource, string[] parameters, FindingList findings)
    {
        var config = resource.Spec.Rewrite;
        if (config is { Path: null, StripPrefix: null, AddPrefix: null } && IsNone(config.Query) && IsNone(config.RequestHeaders) && IsNone(config.ResponseHeaders)) return RewriteModel.None;
        return new RewriteModel(config, Pattern(resource, config.Path, parameters, "spec.rewrite.path", findings),
            Edit(resource, config.RequestHeaders, "spec.rewrite.requestHeaders", findings),
            Edit(resource, config.ResponseHeaders, "spec.rewrite.responseHeaders", findings));
    }

    private static bool IsNone(ValueEditConfig edit) => edit.Remove.Count + edit.Set.Count + edit.Add.Count == 0;

    private static PathRewrite? Pattern(Resource resource, string? text, string[] parameters, string path, FindingList findings)
    {
        if (text is null) return null;
        var pattern = PathRewrite.Compile(text, parameters, out var problem);
        if (problem is not null) findings.Error(resource, "bad_path", path, problem);
        return pattern;
    }

    private HeaderEdit Edit(Resource resource, ValueEditConfig config, string path, FindingList findings)
    {
        if (IsNone(config)) return HeaderEdit.None;
        return new HeaderEdit([.. config.Remove], Values(config.Set, path + ".set"), Values(config.Add, path + ".add"));

        KeyValuePair<string, string>[] Values(IReadOnlyDictionary<string, string> values, string at) =>
            [.. values.Select(v => KeyValuePair.Create(v.Key, HeaderValue(resource, v.Value, $"{at}.{v.Key}", findings)))];
    }

    private string HeaderValue(Resource resource, string text, string path, FindingList findings)
    {
        var value = secrets.Resolve(text, resource, path, findings);
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value.Any(c => c != '\t' && (char.IsControl(c) || c > '\u00ff')))
            findings.Error(resource, "bad_header_value", path, "Header values have no control characters and none beyond Latin-1.");
        return value;
    }

    private static void CheckExpressions(Resource resource, IReadOnlyList<ValueMatchConfig> conditions, string path, FindingList findings)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Regex is not { } expression) continue;
            try
            {
                _ = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                findings.Error(resource, "bad_regex", $"{path}[{i}].regex", $"\"{expression}\" cannot be used: {e.Message}");
            }
        }
    }
}
