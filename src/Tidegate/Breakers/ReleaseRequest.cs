namespace Tidegate.Breakers;

/// <summary>Which breaker is to be held no longer.</summary>
/// <param name="Service">Service, or provider of models.</param>
/// <param name="Destination">Its destination; <c>provider/model#key</c> of a provider, or <c>provider/model</c> for all keys.</param>
internal sealed record ReleaseRequest(string Service, string Destination);
