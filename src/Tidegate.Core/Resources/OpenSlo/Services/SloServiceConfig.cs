using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.Services;

/// <summary>Kind <c>Service</c> of OpenSLO v1: what SLOs belong together. Its id is <c>openslo.Service/name</c>, apart from the <c>Service</c> of Tidegate that traffic goes to.</summary>
public sealed record SloServiceConfig
{
    /// <summary>What it is, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";
}
