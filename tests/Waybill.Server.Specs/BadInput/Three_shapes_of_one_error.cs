using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Keysat.Api;
using Waybill.Server.Api;

namespace Waybill.Server.Specs.BadInput;

public sealed class Three_shapes_of_one_error
{
    static readonly BookProblem Problem = BookProblem.NotFound("License");

    [Fact]
    public async Task Resend_says_status_name_and_message() => Assert.Equal(
        (404, """{"statusCode":404,"name":"not_found","message":"License not found"}"""),
        await AnswerAsync(new ApiError(Problem.Status, Problem.Code, Problem.Detail), "/emails/1"));

    [Fact]
    public async Task RFC_9457_says_type_title_and_detail() => Assert.Equal(
        (404,
            """{"status":404,"code":"not_found","detail":"License not found","type":"urn:waybill:error:not_found","title":"Not Found"}"""),
        await AnswerAsync(Problem, "/racketbook/v1/clients/1"));

    [Fact]
    public async Task Keysat_says_ok_error_and_message() => Assert.Equal(
        (404, """{"ok":false,"error":"not_found","message":"License not found"}"""),
        await AnswerAsync(KeysatError.Of(Problem), "/keysat/v1/licenses/1"));

    [Theory]
    [InlineData(400, 400, "bad_request")]
    [InlineData(401, 401, "unauthorized")]
    [InlineData(403, 403, "forbidden")]
    [InlineData(409, 409, "conflict")]
    [InlineData(412, 409, "conflict")]
    [InlineData(413, 400, "bad_request")]
    [InlineData(422, 400, "bad_request")]
    [InlineData(429, 429, "rate_limited")]
    [InlineData(500, 500, "internal_error")]
    [InlineData(503, 503, "service_unavailable")]
    [InlineData(507, 503, "service_unavailable")]
    public void Keysat_knows_a_code_for_each_status(int status, int kept, string code)
    {
        var error = KeysatError.Of(new BookProblem(status, "any", "Any."));

        Assert.Equal((kept, code), (error.Status, error.Error));
    }

    static async Task<(int Status, string Body)> AnswerAsync(IResult result, string path)
    {
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().BuildServiceProvider(); // no book is on
        var context = new DefaultHttpContext { Request = { Path = path }, Response = { Body = body }, RequestServices = services };
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
